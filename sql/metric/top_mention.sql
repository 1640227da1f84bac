-- The 20 items of a day with the most interactions (card: top_mention.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/top_mention.sql
-- Twenty a day are enough to find the twenty of any longer period.
with ranked as (
    select
        m.client_id, m.day, m.brand_id,
        row_number() over (
            partition by m.client_id, m.day, m.brand_id
            order by
                c.engagement_count desc, m.follower_count desc nulls last, m.published_at, m.item_id
        ) as engagement_rank,
        m.item_id, m.mention_id, m.published_at, m.network, m.author_key, m.sentiment,
        m.follower_count, c.engagement_count
    from core.mention_current as m
    semi join scope_day as s on m.client_id = s.client_id and m.day = s.day
    inner join (
        select * from core.counter_settled
        where day between getvariable('from_day') and getvariable('to_day')
    ) as c on m.client_id = c.client_id and m.day = c.day and m.item_id = c.item_id
    where
        m.day between getvariable('from_day') and getvariable('to_day')
        and not m.is_own_voice and c.engagement_count is not null
)

select * from ranked
where engagement_rank <= 20
order by day, client_id, brand_id, engagement_rank;
