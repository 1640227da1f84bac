-- Items on each of the client's own themes, by sentiment (card: theme.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/theme.sql
with marked as (
    select client_id, day, mention_id, unnest(themes) as theme_id
    from core.mention_theme
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
)

select
    m.client_id, m.day, m.brand_id, t.theme_id,
    count(*) as item_count,
    count(*) filter (where m.sentiment = 'positive') as positive_count,
    count(*) filter (where m.sentiment = 'neutral') as neutral_count,
    count(*) filter (where m.sentiment = 'negative') as negative_count,
    count(*) filter (where m.sentiment is null) as unscored_count
from core.mention_current as m
inner join marked as t on m.client_id = t.client_id and m.day = t.day and m.mention_id = t.mention_id
where m.day between getvariable('from_day') and getvariable('to_day') and not m.is_own_voice
group by m.client_id, m.day, m.brand_id, t.theme_id
order by m.day, m.client_id, m.brand_id, t.theme_id;
