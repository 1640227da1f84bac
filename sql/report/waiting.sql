-- Messages of the last 30 days that still waited for an answer when the reported span ended, the
-- oldest first. Parameters: see span_volume.sql.
select
    r.item_id, i.published_at, i.network, i.channel, i.kind, i.url, i.title, i.text, i.rating,
    i.follower_count, m.sentiment, m.engagement_count,
    coalesce('@' || ltrim(n.handle, '@'), n.author_name) as author,
    datediff('minute', r.received_at, s.end_at) as waiting_minutes
from report_span as s
inner join metric.response as r
    on r.client_id = getvariable('client_id') and r.brand_id = getvariable('brand_id')
    and r.day between s.end_day - 30 and s.end_day
inner join core.item as i on r.client_id = i.client_id and r.day = i.day and r.item_id = i.item_id
inner join core.mention_current as m
    on r.client_id = m.client_id and r.day = m.day and r.item_id = m.item_id and r.brand_id = m.brand_id
left join core.author_identity as n on i.client_id = n.client_id and i.author_key = n.author_key
where s.name = 'reported' and (r.first_response_at is null or r.first_response_at >= s.end_at)
order by r.received_at, r.item_id
limit 8
