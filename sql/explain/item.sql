-- One item: what it is, where it comes from, what stands beside it. Words are left out where a report would
-- leave them out. Parameters: client_id, day, item_id; tables of report/before/withheld.sql.
select
    i.client_id, i.item_id, i.day, i.published_at, i.collected_at, i.source_id, i.network, i.channel,
    i.kind, i.language, i.rating,
    case when i.text is null or w.is_text_withheld then null else i.title end as title,
    case when w.is_text_withheld then null else i.text end as text,
    case
        when i.withdrawn_at is not null then 'withdrawn'
        when i.text is null then 'retention'
        when w.is_reserved then 'reserved'
        when w.is_text_withheld then 'terms'
    end as withheld,
    w.site,
    shown_url(i.url, n.handle, coalesce(w.is_author_withheld, false)) as url,
    i.owned_brand_id, i.exclusion, i.withdrawn_at, i.is_primary, i.original_id, i.story_id,
    (
        select count(*) from core.item as o
        where o.client_id = i.client_id and o.original_id = i.original_id
    ) as copy_count,
    (
        select count(*) from core.item as o
        where o.client_id = i.client_id and o.story_id = i.story_id
    ) as story_count,
    i.batch_id, i.raw_ref
from core.item as i
left join report_withheld as w on i.original_id = w.original_id
left join core.author_identity as n on i.client_id = n.client_id and i.author_key = n.author_key
where i.client_id = $client_id and i.day = $day and i.item_id = $item_id
