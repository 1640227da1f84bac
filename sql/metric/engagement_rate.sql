-- Interactions for each follower who could see an item, network by network (card: engagement_rate.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/engagement_rate.sql
-- Counters are read as they stood a week after the day: see core.counter_settled.
with said as (
    select
        m.client_id, m.day, m.brand_id, m.network, m.is_own_voice,
        c.engagement_count,
        -- Nobody's followers are no audience to divide by.
        nullif(m.follower_count, 0) as follower_count
    from core.mention_current as m
    semi join scope_day as s on m.client_id = s.client_id and m.day = s.day
    left join (
        select * from core.counter_settled
        where day between getvariable('from_day') and getvariable('to_day')
    ) as c on m.client_id = c.client_id and m.day = c.day and m.item_id = c.item_id
    where m.day between getvariable('from_day') and getvariable('to_day')
),

counted as (
    select
        client_id, day, brand_id, network,
        count(*) filter (where not is_own_voice) as item_count,
        count(*) filter (where not is_own_voice and is_rated) as rated_count,
        cast(sum(engagement_count) filter (where not is_own_voice and is_rated) as bigint)
            as engagement_count,
        cast(sum(follower_count) filter (where not is_own_voice and is_rated) as bigint)
            as follower_count,
        count(*) filter (where is_own_voice) as own_voice_count,
        count(*) filter (where is_own_voice and is_rated) as own_rated_count,
        cast(sum(engagement_count) filter (where is_own_voice and is_rated) as bigint)
            as own_engagement_count,
        cast(sum(follower_count) filter (where is_own_voice and is_rated) as bigint)
            as own_follower_count
    from (
        select *, engagement_count is not null and follower_count is not null as is_rated
        from said
    )
    group by client_id, day, brand_id, network
)

select
    *,
    cast(100 * engagement_count / follower_count as decimal(14, 4)) as engagement_rate_pct,
    cast(100 * own_engagement_count / own_follower_count as decimal(14, 4))
        as own_engagement_rate_pct
from counted
order by day, client_id, brand_id, network;
