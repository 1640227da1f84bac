-- Adds every day that holds data or coverage: the formula changed, or the table is new.
insert into run_day
select $metric, client_id, day from run_day where metric = '*'
