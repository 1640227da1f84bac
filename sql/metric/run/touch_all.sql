insert into run_day
select distinct '', client_id, day from core.calendar
union
select distinct '', client_id, day from core.item
