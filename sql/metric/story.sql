-- Pick-ups of each story on each day: items that repeat an earlier text (card: story.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/story.sql
select
    client_id, day, brand_id, story_id,
    count(*) as pick_up_count,
    -- Nobody knows how many outlets or authors there are where none is named.
    nullif(count(distinct outlet), 0) as outlet_count,
    count(distinct network) as network_count,
    nullif(count(distinct author_key), 0) as author_count
from core.mention_current
semi join scope_day using (client_id, day)
where
    day between getvariable('from_day') and getvariable('to_day')
    and not is_own_voice and story_id <> item_id
group by client_id, day, brand_id, story_id
order by day, client_id, brand_id, story_id;
