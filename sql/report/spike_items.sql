-- Quotations of the day of a negative peak: list `spike_press` holds the first negative press articles
-- that name the brand, `spike` the negative items with most interactions since the day before.
-- Parameters: see span_volume.sql, and the spans spike and spike_day.
with quotable as (
    select
        s.name as span, m.item_id, m.published_at, m.network, m.channel, m.kind, m.url, m.title,
        m.text, m.sentiment, m.rating, m.engagement_count, m.follower_count, m.outlet,
        coalesce('@' || ltrim(n.handle, '@'), n.author_name) as author
    from report_span as s
    inner join core.mention_current as m
        on m.client_id = getvariable('client_id') and m.brand_id = getvariable('brand_id')
        and m.day between s.start_day and s.end_day
    left join core.author_identity as n
        on m.client_id = n.client_id and m.author_key = n.author_key
    where
        s.name in ('spike_day', 'spike') and not m.is_own_voice and m.kind <> 'repost'
        and m.sentiment = 'negative'
)

select
    'spike_press' as list,
    row_number() over (order by published_at, item_id) as list_rank,
    count(*) over () as list_count,
    * exclude (span)
from quotable
where span = 'spike_day' and channel = 'news'
qualify list_rank <= 3
union all by name
select
    'spike' as list,
    row_number() over (
        order by engagement_count desc nulls last, follower_count desc nulls last, published_at, item_id
    ) as list_rank,
    count(*) over () as list_count,
    * exclude (span)
from quotable
where span = 'spike' and engagement_count > 0
qualify list_rank <= 3
order by list, list_rank
