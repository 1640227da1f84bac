-- How unequally the members of a community write (card: participation.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/participation.sql
-- A row is about the week or month whose first day is in scope_day; the month's days reach 30 days past it.
-- Members who only read are not known here, and so left out: with them every figure would be more unequal.
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

ranked as (
    select
        *,
        row_number() over (each_period order by post_count, author_key) as rank_up,
        row_number() over (each_period order by post_count desc, author_key) as rank_down,
        count(*) over each_period as member_count
    from member
    window each_period as (partition by client_id, period, period_start, brand_id)
),

counted as (
    select
        client_id, period, period_start, brand_id,
        count(*) as member_count,
        cast(sum(post_count) as bigint) as post_count,
        -- Whole numbers up to the one division: no order of adding changes a digit.
        sum((2 * rank_up - member_count - 1) * post_count) as gini_sum,
        -- Of 130 members the top 1 % are 2, and the top 10 % are 13.
        cast(sum(post_count) filter (where rank_down <= (member_count + 99) // 100) as bigint) as top_1pct_post_count,
        cast(sum(post_count) filter (where rank_down <= (member_count + 9) // 10) as bigint) as top_10pct_post_count,
        cast(sum(post_count) filter (where rank_down <= 10) as bigint) as top_10_member_post_count
    from ranked
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
    case when member_count > 1
        then cast(cast(gini_sum as double) / (member_count * post_count) as decimal(5, 4))
    end as gini,
    top_1pct_post_count,
    top_10pct_post_count - top_1pct_post_count as next_9pct_post_count,
    post_count - top_10pct_post_count as other_90pct_post_count,
    top_10_member_post_count,
    cast(100 * top_10_member_post_count / post_count as decimal(5, 2)) as top_10_member_pct,
    coalesce(m.is_over, false) as is_over,
    case when m.coverage = 'ok' then 'ok' else 'partial' end as coverage
from counted
left join measured as m using (client_id, period, period_start, brand_id)
order by day, client_id, period, brand_id;
