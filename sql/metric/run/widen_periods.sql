-- Adds the first days of the weeks and months that hold a day of the metric: its rows are kept under them.
-- Every day that could be one is added, whatever the calendar says: a client whose weeks start on another day
-- now, or whose calendar no longer reaches there, leaves no old row behind. A day that is none has no row.
insert into run_day
select distinct $metric, d.client_id, cast(d.day - cast(step.n as integer) as date)
from run_day as d
cross join range(1, 7) as step (n)
where d.metric = $metric and list_contains($periods, 'week')
union
select distinct $metric, client_id, cast(date_trunc('month', day) as date)
from run_day
where metric = $metric and list_contains($periods, 'month')
