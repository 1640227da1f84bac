-- Every review by others, with its stars and whether it was answered; null of spam, which waits for no answer.
--   select * from report.reviews where client_id = 'united' and not is_answered;
select
    m.client_id, m.day, m.published_at, m.brand_id, m.item_id, m.source_id, m.network, m.place, m.rating,
    m.title, m.text, m.url, m.language, m.sentiment, m.author_key,
    r.is_answered, r.first_response_at, r.response_minutes, r.is_settled
from core.mention_current as m
left join metric.response as r
    on m.client_id = r.client_id and m.day = r.day
    and m.brand_id = r.brand_id and m.item_id = r.item_id
where is_review(m.kind, m.channel) and m.kind is distinct from 'repost' and not m.is_own_voice
