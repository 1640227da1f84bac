-- What each author said of a brand on a day (card: author_activity.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/author_activity.sql
-- Items whose author is unknown are left out: nobody can be ranked by them.
select
    m.client_id, m.day, m.brand_id, m.author_key,
    min(m.network) as network,
    count(*) as item_count,
    count(*) filter (where m.sentiment = 'positive') as positive_count,
    count(*) filter (where m.sentiment = 'negative') as negative_count,
    count(*) filter (where m.channel = 'community') as community_item_count,
    max(m.follower_count) as follower_count,
    cast(sum(c.engagement_count) as bigint) as engagement_count
from core.mention_current as m
semi join scope_day as s on m.client_id = s.client_id and m.day = s.day
left join (
    select * from core.counter_settled
    where day between getvariable('from_day') and getvariable('to_day')
) as c on m.client_id = c.client_id and m.day = c.day and m.item_id = c.item_id
where
    m.day between getvariable('from_day') and getvariable('to_day')
    and not m.is_own_voice and m.author_key is not null
group by m.client_id, m.day, m.brand_id, m.author_key
order by m.day, m.client_id, m.brand_id, m.author_key;
