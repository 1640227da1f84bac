-- People who may have seen what was said: followers of those who said it (card: potential_reach.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/potential_reach.sql
with said as (
    select
        client_id, day, brand_id, item_id,
        case when not stands_alone(network) then follower_count end as follower_count,
        -- an unknown author cannot be told from another one: each item is a voice of its own
        coalesce(author_key, item_id) as voice_id
    from core.mention_current
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day') and not is_own_voice
),

voice as (
    select
        client_id, day, brand_id, voice_id,
        count(*) as item_count,
        count(follower_count) as known_item_count,
        max(follower_count) as follower_count,
        sum(follower_count) as gross_count
    from said
    group by client_id, day, brand_id, voice_id
),

summed as (
    select
        client_id, day, brand_id,
        cast(sum(item_count) as bigint) as item_count,
        cast(sum(known_item_count) as bigint) as known_item_count,
        count(*) as author_count,
        cast(sum(follower_count) as bigint) as unique_reach_count,
        cast(sum(gross_count) as bigint) as gross_reach_count
    from voice
    group by client_id, day, brand_id
),

measured as (
    select client_id, day, brand_id, state, measured_pct
    from coverage_day(getvariable('from_day'), getvariable('to_day'))
    semi join scope_day using (client_id, day)
    where state <> 'not_measured'
)

select
    client_id, day, brand_id,
    coalesce(s.item_count, 0) as item_count,
    coalesce(s.known_item_count, 0) as known_item_count,
    coalesce(s.author_count, 0) as author_count,
    case when s.item_count is null then 0 else s.unique_reach_count end as unique_reach_count,
    case when s.item_count is null then 0 else s.gross_reach_count end as gross_reach_count,
    case when m.state = 'ok' then 'ok' else 'partial' end as coverage,
    coalesce(m.measured_pct, 0.00) as measured_pct
from measured as m
full join summed as s using (client_id, day, brand_id)
order by day, client_id, brand_id;
