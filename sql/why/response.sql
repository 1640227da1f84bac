-- The messages behind a figure of responsiveness, with their first answer as it stood when the span ended.
-- Parameters: $only (null: all, waiting, review_waiting); the others: see mention.sql.
select
    r.day, i.published_at, i.network, i.kind, r.brand_id,
    case when w.is_author_withheld then null
        else coalesce('@' || ltrim(n.handle, '@'), n.author_name)
    end as author,
    r.first_response_at < least(s.end_at, r.censored_at + interval 1 microsecond) is true as is_answered,
    case
        when r.first_response_at < least(s.end_at, r.censored_at + interval 1 microsecond)
            then r.first_response_at
    end as answered_at,
    i.rating,
    case
        when w.is_reserved then 'reserved'
        when w.is_text_withheld then 'terms'
        when i.text is null then 'retention'
    end as withheld,
    case when w.is_text_withheld then null else i.title end as title,
    case when w.is_text_withheld then null else i.text end as text,
    shown_url(i.url, n.handle, w.is_author_withheld) as url,
    m.mention_id, r.item_id
from report_span as s
inner join metric.response as r
    on r.client_id = getvariable('client_id') and r.brand_id = getvariable('brand_id')
    and r.day between s.start_day and s.end_day
inner join core.item as i on r.client_id = i.client_id and r.day = i.day and r.item_id = i.item_id
inner join core.mention_current as m
    on r.client_id = m.client_id and r.day = m.day and r.item_id = m.item_id and r.brand_id = m.brand_id
left join core.author_identity as n on i.client_id = n.client_id and i.author_key = n.author_key
left join report_withheld as w on i.original_id = w.original_id
where
    s.name = 'reported'
    and (
        $only::varchar is null
        or (
            not coalesce(
                r.first_response_at < least(s.end_at, r.censored_at + interval 1 microsecond), false
            )
            and ($only::varchar = 'waiting' or is_review(r.kind, r.channel))
        )
    )
order by i.published_at, r.item_id
