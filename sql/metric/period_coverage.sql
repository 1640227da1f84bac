-- How well each week and month was measured (card: period_coverage.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/period_coverage.sql
-- A row is about the week or month whose first day is in scope_day; the month's days reach 30 days past it.
-- The one place that says so for all metrics of weeks and months: sources are asked by brand, not by channel.
with period as (
    select p.client_id, p.period, p.period_start, p.period_end, p.day
    from core.period_day as p
    semi join scope_day as s on p.client_id = s.client_id and p.period_start = s.day
    where p.day between getvariable('from_day') and getvariable('to_day') + 30
),

-- The last day need not be in the calendar yet; a period is over once the data reach past it.
reached as (
    select d.client_id, max(d.day) filter (where d.end_at <= k.cutoff_at) as last_day
    from core.calendar as d
    inner join core.data_cutoff as k on d.client_id = k.client_id
    where d.day between getvariable('from_day') and getvariable('to_day') + 30
    group by d.client_id
)

select
    p.client_id, p.period_start as day, p.period, c.brand_id,
    p.period_end as end_day,
    p.period_end - p.period_start + 1 as day_count,
    count(*) filter (where c.state <> 'not_measured') as measured_day_count,
    count(*) filter (where c.state = 'ok') as whole_day_count,
    coalesce(any_value(r.last_day) >= p.period_end, false) as is_over,
    case
        when count(*) filter (where c.state = 'ok') = p.period_end - p.period_start + 1 then 'ok'
        else 'partial'
    end as coverage
from period as p
inner join (
    select client_id, day, brand_id, state
    from coverage_day(getvariable('from_day'), getvariable('to_day') + 30)
) as c on p.client_id = c.client_id and p.day = c.day
left join reached as r on p.client_id = r.client_id
group by p.client_id, p.period, p.period_start, p.period_end, c.brand_id
having count(*) filter (where c.state <> 'not_measured') > 0
order by day, p.client_id, p.period, c.brand_id;
