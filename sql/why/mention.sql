-- The mentions behind a figure of the reported span: those by others that name the brand.
-- Parameters: $sentiments (which verdicts count; null: all), $only (null: all; reviews, community, engaged,
-- own: what the brand said itself); variables client_id and brand_id, tables report_span and
-- report_withheld: see sql/report/span_volume.sql and before/withheld.sql.
select
    m.day, m.published_at, m.network, m.kind, m.brand_id,
    case when w.is_author_withheld then null
        else coalesce('@' || ltrim(n.handle, '@'), n.author_name)
    end as author,
    m.sentiment, m.rating, m.engagement_count, m.follower_count,
    case
        when w.is_reserved then 'reserved'
        when w.is_text_withheld then 'terms'
        when m.text is null then 'retention'
    end as withheld,
    case when w.is_text_withheld then null else m.title end as title,
    case when w.is_text_withheld then null else m.text end as text,
    shown_url(m.url, n.handle, w.is_author_withheld) as url,
    m.mention_id, m.item_id
from report_span as s
inner join core.mention_current as m
    on m.client_id = getvariable('client_id') and m.brand_id = getvariable('brand_id')
    and m.day between s.start_day and s.end_day
left join core.author_identity as n on m.client_id = n.client_id and m.author_key = n.author_key
left join report_withheld as w on m.original_id = w.original_id
where
    s.name = 'reported' and not m.is_own_voice
    and ($sentiments::varchar[] is null or list_contains($sentiments::varchar[], m.sentiment))
    and case $only::varchar
        when 'reviews' then is_review(m.kind, m.channel)
        when 'community' then m.channel = 'community'
        when 'engaged' then m.engagement_count is not null and not stands_alone(m.network)
        else true
    end
order by m.published_at, m.item_id, m.brand_id
