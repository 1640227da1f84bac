-- One row for each local day of the calendar and each of its periods: the client's week and the calendar
-- month that hold it.
--   select * from core.period_day where client_id = 'united' and period_start = date '2015-02-16';
-- Metrics of weeks and months keep one row a period under its first day, period_start; the calendar need not
-- hold that day, only days of the period.
select
    client_id, 'week' as period, week_start as period_start, cast(week_start + 6 as date) as period_end, day
from core.calendar
union all
select client_id, 'month', month_start, last_day(month_start), day
from core.calendar
