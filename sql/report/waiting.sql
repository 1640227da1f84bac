-- Messages of the reported span that still waited for an answer when it ended: list `waiting` holds
-- the negative ones first, then the oldest; list `review_waiting` holds reviews, the oldest first.
-- Who wrote to the brand alone is listed too, by address only. Parameters: see span_volume.sql, and
-- before/withheld.sql.
with open_message as (
    select
        r.item_id, r.received_at, is_review(r.kind, r.channel) as is_review,
        i.published_at, i.network, i.channel, i.kind,
        shown_url(i.url, n.handle, w.is_author_withheld) as url,
        case when w.is_text_withheld then null else i.title end as title,
        case when w.is_text_withheld then null else i.text end as text,
        case
            when w.is_reserved then 'reserved'
            when w.is_text_withheld then 'terms'
            when i.text is null then 'retention'
        end as withheld,
        coalesce(w.site, t.site) as site,
        i.rating, i.follower_count, m.sentiment, m.engagement_count,
        case when w.is_author_withheld then null
            else coalesce('@' || ltrim(n.handle, '@'), n.author_name)
        end as author,
        case when w.is_author_withheld then null else n.author_url end as author_url,
        datediff('minute', r.received_at, s.end_at) as waiting_minutes
    from report_span as s
    inner join metric.response as r
        on r.client_id = getvariable('client_id') and r.brand_id = getvariable('brand_id')
        and r.day between s.start_day and s.end_day
    inner join core.item as i
        on r.client_id = i.client_id and r.day = i.day and r.item_id = i.item_id
    inner join core.mention_current as m
        on r.client_id = m.client_id and r.day = m.day and r.item_id = m.item_id
        and r.brand_id = m.brand_id
    left join core.author_identity as n
        on i.client_id = n.client_id and i.author_key = n.author_key
    left join report_terms as t on i.source_id = t.source_id
    left join report_withheld as w on i.original_id = w.original_id
    where
        s.name = 'reported'
        -- The same line as in span_response.sql.
        and not coalesce(
            r.first_response_at < least(s.end_at, r.censored_at + interval 1 microsecond), false
        )
)

select
    'review_waiting' as list,
    row_number() over (order by received_at, item_id) as list_rank,
    * exclude (received_at, is_review)
from open_message
where is_review
qualify list_rank <= 12
union all by name
select
    'waiting' as list,
    row_number() over (
        order by coalesce(sentiment = 'negative', false) desc, received_at, item_id
    ) as list_rank,
    * exclude (received_at, is_review)
from open_message
qualify list_rank <= 8
order by list, list_rank
