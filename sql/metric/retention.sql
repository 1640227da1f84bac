-- Who of a month's newcomers still writes, month after month (card: retention.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/retention.sql
-- A row is about the month whose first day is in scope_day, and one of the twelve months before it or itself; its
-- days reach 30 days past the first one.
with period as (
    select p.client_id, p.period, p.period_start, p.day
    from core.period_day as p
    semi join scope_day as s on p.client_id = s.client_id and p.period_start = s.day
    where
        p.day between getvariable('from_day') and getvariable('to_day') + 30
        and p.period = 'month'
),

joined as (
    select
        client_id, brand_id, author_key,
        cast(date_trunc('month', day) as date) as cohort_day
    from metric.member_first_post
    where day between getvariable('from_day') - 366 and getvariable('to_day') + 30
),

cohort as (
    select client_id, brand_id, cohort_day, count(*) as newcomer_count
    from joined
    group by client_id, brand_id, cohort_day
),

active as (
    select distinct p.client_id, p.period_start, a.brand_id, a.author_key
    from period as p
    inner join metric.author_activity as a on p.client_id = a.client_id and p.day = a.day
    where
        a.day between getvariable('from_day') and getvariable('to_day') + 30
        and a.community_item_count > 0
),

kept as (
    select j.client_id, a.period_start, j.brand_id, j.cohort_day, count(*) as active_count
    from active as a
    inner join joined as j
        on a.client_id = j.client_id and a.brand_id = j.brand_id and a.author_key = j.author_key
    group by j.client_id, a.period_start, j.brand_id, j.cohort_day
),

measured as (
    select client_id, day as period_start, brand_id, is_over, coverage
    from metric.period_coverage
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day') and period = 'month'
),

month as (
    select distinct client_id, period_start from period
)

select
    c.client_id, p.period_start as day, 'month' as period, c.brand_id,
    c.cohort_day as cohort_month_day,
    cast(datediff('month', c.cohort_day, p.period_start) as integer) as month_number,
    c.newcomer_count,
    coalesce(k.active_count, 0) as active_count,
    cast(100 * coalesce(k.active_count, 0) / c.newcomer_count as decimal(5, 2)) as retention_pct,
    wilson_low(coalesce(k.active_count, 0), c.newcomer_count) as low_pct,
    wilson_high(coalesce(k.active_count, 0), c.newcomer_count) as high_pct,
    coalesce(m.is_over, false) as is_over,
    case when m.coverage = 'ok' then 'ok' else 'partial' end as coverage
from cohort as c
inner join month as p on c.client_id = p.client_id
left join kept as k
    on c.client_id = k.client_id and c.brand_id = k.brand_id and c.cohort_day = k.cohort_day
    and p.period_start = k.period_start
left join measured as m
    on c.client_id = m.client_id and c.brand_id = m.brand_id and p.period_start = m.period_start
where
    c.cohort_day <= p.period_start and datediff('month', c.cohort_day, p.period_start) <= 12
    -- Nobody measured the month: nobody knows who was there.
    and (m.period_start is not null or k.active_count > 0)
order by day, c.client_id, c.brand_id, cohort_month_day;
