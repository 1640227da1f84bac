-- How few members write half of the posts (card: absence_factor.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/absence_factor.sql
-- A row is about the week or month whose first day is in scope_day; the month's days reach 30 days past it.
with period as (
    select p.client_id, p.period, p.period_start, p.day
    from core.period_day as p
    semi join scope_day as s on p.client_id = s.client_id and p.period_start = s.day
    where p.day between getvariable('from_day') and getvariable('to_day') + 30
),

member as (
    select
        p.client_id, p.period, p.period_start, a.brand_id, a.author_key,
        cast(sum(a.community_item_count) as bigint) as post_count
    from period as p
    inner join metric.author_activity as a on p.client_id = a.client_id and p.day = a.day
    where
        a.day between getvariable('from_day') and getvariable('to_day') + 30
        and a.community_item_count > 0
    group by p.client_id, p.period, p.period_start, a.brand_id, a.author_key
),

summed as (
    select
        *,
        row_number() over (each_period order by post_count desc, author_key) as member_number,
        sum(post_count) over (
            each_period order by post_count desc, author_key rows unbounded preceding
        ) as running_count,
        sum(post_count) over each_period as total_count,
        count(*) over each_period as member_count
    from member
    window each_period as (partition by client_id, period, period_start, brand_id)
),

half as (
    select
        client_id, period, period_start, brand_id,
        any_value(member_count) as member_count,
        cast(any_value(total_count) as bigint) as post_count,
        min(member_number) as absence_factor,
        cast(min(running_count) as bigint) as covered_post_count
    from summed
    where 2 * running_count >= total_count
    group by client_id, period, period_start, brand_id
),

measured as (
    select client_id, period, day as period_start, brand_id, is_over, coverage
    from metric.period_coverage
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
)

select
    client_id, period_start as day, period, brand_id, member_count, post_count,
    absence_factor, covered_post_count,
    coalesce(m.is_over, false) as is_over,
    case when m.coverage = 'ok' then 'ok' else 'partial' end as coverage
from half
left join measured as m using (client_id, period, period_start, brand_id)
order by day, client_id, period, brand_id;
