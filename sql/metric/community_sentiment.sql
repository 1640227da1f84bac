-- Positive minus negative over the members' posts (card: community_sentiment.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/community_sentiment.sql
with counted as (
    select
        client_id, day, brand_id,
        count(*) filter (where sentiment = 'positive') as positive_count,
        count(*) filter (where sentiment = 'neutral') as neutral_count,
        count(*) filter (where sentiment = 'negative') as negative_count,
        count(*) filter (where sentiment is null) as unscored_count,
        count(sentiment) as scored_count
    from core.mention_current
    semi join scope_day using (client_id, day)
    where
        day between getvariable('from_day') and getvariable('to_day')
        and channel = 'community' and not is_own_voice
    group by client_id, day, brand_id
)

select
    c.*,
    cast(100 * (c.positive_count - c.negative_count) / nullif(c.scored_count, 0) as decimal(5, 2)) as net_sentiment,
    case when m.state = 'ok' then 'ok' else 'partial' end as coverage
from counted as c
left join (
    select client_id, day, brand_id, state
    from coverage_day(getvariable('from_day'), getvariable('to_day'))
) as m using (client_id, day, brand_id)
order by c.day, c.client_id, c.brand_id;
