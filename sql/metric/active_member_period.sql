-- Members who wrote in a week or month, and how often they come (card: active_member_period.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/active_member_period.sql
-- A row is about the week or month whose first day is in scope_day; the month's days reach 30 days past it.
-- The members of a week are not the sum of its days: who writes every day is one member.
with period as (
    select p.client_id, p.period, p.period_start, p.day
    from core.period_day as p
    semi join scope_day as s on p.client_id = s.client_id and p.period_start = s.day
    where p.day between getvariable('from_day') and getvariable('to_day') + 30
),

written as (
    select
        p.client_id, p.period, p.period_start, a.brand_id,
        cast(sum(a.community_item_count) as bigint) as post_count,
        count(distinct a.author_key) as member_count,
        count(*) as daily_member_sum,
        count(distinct a.day) as active_day_count
    from period as p
    inner join metric.author_activity as a on p.client_id = a.client_id and p.day = a.day
    where
        a.day between getvariable('from_day') and getvariable('to_day') + 30
        and a.community_item_count > 0
    group by p.client_id, p.period, p.period_start, a.brand_id
),

arrived as (
    select p.client_id, p.period, p.period_start, f.brand_id, count(*) as newcomer_count
    from period as p
    inner join metric.member_first_post as f on p.client_id = f.client_id and p.day = f.day
    where f.day between getvariable('from_day') and getvariable('to_day') + 30
    group by p.client_id, p.period, p.period_start, f.brand_id
),

measured as (
    select client_id, period, day as period_start, brand_id, measured_day_count, is_over, coverage
    from metric.period_coverage
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
),

told as (
    select
        w.*,
        coalesce(a.newcomer_count, 0) as newcomer_count,
        -- A post of a day that no source declared was seen all the same: that day counts as well.
        greatest(coalesce(m.measured_day_count, 0), w.active_day_count) as measured_day_count,
        coalesce(m.is_over, false) as is_over,
        case when m.coverage = 'ok' then 'ok' else 'partial' end as coverage
    from written as w
    left join arrived as a using (client_id, period, period_start, brand_id)
    left join measured as m using (client_id, period, period_start, brand_id)
)

select
    client_id, period_start as day, period, brand_id,
    post_count, member_count, newcomer_count, daily_member_sum, measured_day_count,
    cast(daily_member_sum / measured_day_count as decimal(14, 2)) as daily_member_mean,
    cast(100 * daily_member_sum / (measured_day_count * member_count) as decimal(5, 2)) as stickiness_pct,
    is_over, coverage
from told
order by day, client_id, period, brand_id;
