-- One row for a mention as it counts: the newest version, each post once (law 4), excluded and
-- withdrawn items left out, with the current verdict and the settled counters. What people corrected
-- (core.correction) comes before what was matched and judged; its model is `person`.
--   select * from core.mention_current where client_id = 'united' and day = date '2015-02-17';
-- Every join carries (client_id, day), so that bounds on the day reach each table.
select
    m.client_id, m.day, b.brand_id, b.kind as brand_kind, m.mention_id, m.item_id,
    i.published_at, i.hour_local, i.source_id, i.network, i.channel, i.kind, i.language,
    i.url, i.original_id, i.story_id, i.title, i.text, i.outlet, i.place,
    i.author_key, i.follower_count, i.rating, i.thread_id, i.parent_item_id,
    coalesce(i.owned_brand_id in (b.brand_id, b.parent_brand_id), false) as is_own_voice,
    -- Nobody writes to itself: a post by the brand that the mention is about in truth is not inbound.
    m.is_inbound and (k.brand_id is null or i.owned_brand_id is distinct from k.brand_id) as is_inbound,
    coalesce(k.sentiment, v.sentiment) as sentiment,
    case k.sentiment
        when 'positive' then cast(1 as decimal(4, 3))
        when 'neutral' then cast(0 as decimal(4, 3))
        when 'negative' then cast(-1 as decimal(4, 3))
        else v.polarity
    end as polarity,
    case when k.sentiment is null then v.model else 'person' end as model,
    case when k.sentiment is null then v.model_version end as model_version,
    coalesce(k.is_spam, f.is_spam, false) as is_spam,
    coalesce(f.is_bot_like, false) as is_bot_like,
    coalesce(i.is_paid, false) as is_paid,
    coalesce(i.site_brand_id in (b.brand_id, b.parent_brand_id), false) as is_own_site,
    i.link_count,
    coalesce(
        list_contains(i.linked_brand_ids, b.brand_id)
        or list_contains(i.linked_brand_ids, b.parent_brand_id), false
    ) as has_own_link,
    c.like_count, c.repost_count, c.reply_count, c.view_count,
    c.engagement_count
from core.mention as m
inner join core.item as i
    on m.client_id = i.client_id and m.day = i.day and m.item_id = i.item_id
left join core.correction as k
    on m.client_id = k.client_id and m.day = k.day and m.mention_id = k.mention_id
left join core.suspect as f
    on m.client_id = f.client_id and m.day = f.day and m.item_id = f.item_id
inner join core.brand as b
    on m.client_id = b.client_id and coalesce(k.brand_id, m.brand_id) = b.brand_id
left join core.verdict as v
    on m.client_id = v.client_id and m.day = v.day and m.mention_id = v.mention_id and v.is_current
left join core.counter_settled as c
    on m.client_id = c.client_id and m.day = c.day and m.item_id = c.item_id
where
    i.is_primary and i.exclusion is null and i.withdrawn_at is null
    and not coalesce(k.is_dismissed or k.is_doubled, false)
