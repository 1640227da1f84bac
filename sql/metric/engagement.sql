-- Interactions with the items that name a brand, by network (card: engagement.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/engagement.sql
-- Counters are read as they stood a week after the day: see core.counter_settled.
select
    m.client_id, m.day, m.brand_id, m.network,
    count(*) filter (where not m.is_own_voice) as item_count,
    count(c.engagement_count) filter (where not m.is_own_voice) as measured_item_count,
    cast(sum(c.like_count) filter (where not m.is_own_voice) as bigint) as like_count,
    cast(sum(c.repost_count) filter (where not m.is_own_voice) as bigint) as repost_count,
    cast(sum(c.reply_count) filter (where not m.is_own_voice) as bigint) as reply_count,
    cast(sum(c.view_count) filter (where not m.is_own_voice) as bigint) as view_count,
    cast(sum(c.engagement_count) filter (where not m.is_own_voice) as bigint) as engagement_count,
    count(*) filter (where m.is_own_voice) as own_voice_count,
    cast(sum(c.engagement_count) filter (where m.is_own_voice) as bigint) as own_engagement_count
from core.mention_current as m
semi join scope_day as s on m.client_id = s.client_id and m.day = s.day
left join (
    select * from core.counter_settled
    where day between getvariable('from_day') and getvariable('to_day')
) as c on m.client_id = c.client_id and m.day = c.day and m.item_id = c.item_id
where m.day between getvariable('from_day') and getvariable('to_day')
group by m.client_id, m.day, m.brand_id, m.network
order by m.day, m.client_id, m.brand_id, m.network;
