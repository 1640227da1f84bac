-- The newcomers of the reported span, each with the first post. Parameters: see mention.sql.
select
    f.day, i.published_at, i.network, i.kind, f.brand_id,
    case when w.is_author_withheld then null
        else coalesce('@' || ltrim(n.handle, '@'), n.author_name)
    end as author,
    f.is_answered,
    case
        when w.is_reserved then 'reserved'
        when w.is_text_withheld then 'terms'
        when i.text is null then 'retention'
    end as withheld,
    case when w.is_text_withheld then null else i.title end as title,
    case when w.is_text_withheld then null else i.text end as text,
    shown_url(i.url, n.handle, w.is_author_withheld) as url,
    m.mention_id, f.first_item_id as item_id
from report_span as s
inner join metric.newcomer as f
    on f.client_id = getvariable('client_id') and f.brand_id = getvariable('brand_id')
    and f.day between s.start_day and s.end_day
inner join core.item as i
    on f.client_id = i.client_id and f.day = i.day and f.first_item_id = i.item_id
left join core.mention_current as m
    on f.client_id = m.client_id and f.day = m.day and f.first_item_id = m.item_id
    and f.brand_id = m.brand_id
left join core.author_identity as n on i.client_id = n.client_id and i.author_key = n.author_key
left join report_withheld as w on i.original_id = w.original_id
where s.name = 'reported'
order by i.published_at, f.first_item_id
