-- Every day that holds data or coverage, kept under the metric '*'.
insert into run_day
select '*', client_id, day from core.mention
union
select '*', client_id, day from core.coverage_day where state <> 'not_measured'
