-- Quotations of the day of a negative peak: list `spike_press` holds the first negative press articles
-- that name the brand, `spike` the negative items with most interactions since the day before.
-- Parameters: see span_volume.sql, before/withheld.sql, and the spans spike and spike_day.
with quotable as (
    select
        s.name as span, m.item_id, m.published_at, m.network, m.channel, m.kind,
        shown_url(m.url, n.handle, w.is_author_withheld) as url,
        case when w.is_text_withheld then null else m.title end as title,
        case when w.is_text_withheld then null else m.text end as text,
        case
            when w.is_text_withheld then 'terms'
            when m.text is null then 'retention'
        end as withheld,
        coalesce(w.site, t.site) as site,
        m.sentiment, m.rating, m.engagement_count, m.follower_count,
        case when w.is_author_withheld then null else m.outlet end as outlet,
        case when w.is_author_withheld then null
            else coalesce('@' || ltrim(n.handle, '@'), n.author_name)
        end as author,
        case when w.is_author_withheld then null else n.author_url end as author_url
    from report_span as s
    inner join core.mention_current as m
        on m.client_id = getvariable('client_id') and m.brand_id = getvariable('brand_id')
        and m.day between s.start_day and s.end_day
    left join core.author_identity as n
        on m.client_id = n.client_id and m.author_key = n.author_key
    left join report_terms as t on m.source_id = t.source_id
    left join report_withheld as w on m.original_id = w.original_id
    where
        s.name in ('spike_day', 'spike') and not m.is_own_voice and m.kind <> 'repost'
        and m.sentiment = 'negative' and not coalesce(w.is_reserved, false)
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
