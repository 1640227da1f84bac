-- Share of a community's replies that thank somebody (card: thank_rate.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/thank_rate.sql
-- Thanks are read in French and English; a reply in another language is in reply_count alone.
with reply as (
    select
        m.client_id, m.day, m.brand_id, m.is_own_voice,
        case when m.language in ('fr', 'en')
            then coalesce(r.has_thanks, list_contains(a.intents, 'thanks'))
        end as has_thanks
    from core.mention_current as m
    semi join scope_day as s on m.client_id = s.client_id and m.day = s.day
    left join (
        select client_id, day, item_id, intents
        from core.annotation
        where day between getvariable('from_day') and getvariable('to_day')
    ) as a on m.client_id = a.client_id and m.day = a.day and m.item_id = a.item_id
    left join (
        select client_id, day, item_id, has_thanks
        from core.reply
        where day between getvariable('from_day') and getvariable('to_day')
    ) as r on m.client_id = r.client_id and m.day = r.day and m.item_id = r.item_id
    where
        m.day between getvariable('from_day') and getvariable('to_day')
        and m.channel = 'community'
        and (m.kind in ('reply', 'comment') or m.parent_item_id is not null)
        and m.kind is distinct from 'repost'
),

counted as (
    select
        client_id, day, brand_id,
        count(*) as reply_count,
        count(has_thanks) as read_count,
        count(*) filter (where has_thanks) as thanks_count,
        count(has_thanks) filter (where is_own_voice) as own_read_count,
        count(*) filter (where has_thanks and is_own_voice) as own_thanks_count
    from reply
    group by client_id, day, brand_id
)

select
    c.*,
    cast(100 * c.thanks_count / nullif(c.read_count, 0) as decimal(5, 2)) as thank_rate_pct,
    wilson_low(c.thanks_count, c.read_count) as low_pct,
    wilson_high(c.thanks_count, c.read_count) as high_pct,
    case when m.state = 'ok' then 'ok' else 'partial' end as coverage
from counted as c
left join (
    select client_id, day, brand_id, state
    from coverage_day(getvariable('from_day'), getvariable('to_day'))
) as m using (client_id, day, brand_id)
order by c.day, c.client_id, c.brand_id;
