-- People who may have seen what was said in a week or month (card: reach_period.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/reach_period.sql
-- A row is about the week or month whose first day is in scope_day; the month's days reach 30 days past it.
-- Who writes every day is followed by the same people: the days' unique reaches do not add up.
with period as (
    select p.client_id, p.period, p.period_start, p.day
    from core.period_day as p
    semi join scope_day as s on p.client_id = s.client_id and p.period_start = s.day
    where p.day between getvariable('from_day') and getvariable('to_day') + 30
),

voice as (
    select
        p.client_id, p.period, p.period_start, a.brand_id, a.author_key,
        max(a.follower_count) filter (where not stands_alone(a.network)) as follower_count
    from period as p
    inner join metric.author_activity as a on p.client_id = a.client_id and p.day = a.day
    where a.day between getvariable('from_day') and getvariable('to_day') + 30
    group by p.client_id, p.period, p.period_start, a.brand_id, a.author_key
),

measured as (
    select client_id, period, day as period_start, brand_id, is_over, coverage
    from metric.period_coverage
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
)

select
    v.client_id, v.period_start as day, v.period, v.brand_id,
    count(*) as author_count,
    count(v.follower_count) as known_author_count,
    cast(sum(v.follower_count) as bigint) as unique_reach_count,
    coalesce(any_value(m.is_over), false) as is_over,
    case when any_value(m.coverage) = 'ok' then 'ok' else 'partial' end as coverage
from voice as v
left join measured as m using (client_id, period, period_start, brand_id)
group by v.client_id, v.period, v.period_start, v.brand_id
order by day, v.client_id, v.period, v.brand_id;
