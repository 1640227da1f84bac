-- Every mention as it counts, with its words, sentiment and themes.
--   select * from report.mentions where client_id = 'united' and day = date '2015-02-17';
-- The brand's own posts are among them: `where not is_own_voice` leaves them out, as the counts do.
select
    m.client_id, m.day, m.hour_local, m.published_at, m.brand_id, b.brand_name, m.mention_id, m.item_id,
    m.source_id, m.network, m.channel, m.kind, m.language, m.title, m.text, m.url, m.outlet, m.rating,
    m.sentiment, m.model, m.author_key, m.follower_count, m.engagement_count, m.is_own_voice, m.is_inbound,
    t.themes, k.tags, m.parent_item_id, m.thread_id, m.story_id
from core.mention_current as m
inner join core.brand as b on m.client_id = b.client_id and m.brand_id = b.brand_id
left join core.mention_theme as t
    on m.client_id = t.client_id and m.day = t.day and m.mention_id = t.mention_id
left join core.correction as k
    on m.client_id = k.client_id and m.day = k.day and m.mention_id = k.mention_id
