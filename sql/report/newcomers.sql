-- Members whose first post ever falls in the reported span, with their posts of the span; without the
-- name of those who may not be named. Parameters: see span_volume.sql, and before/withheld.sql.
select
    case when h.author_key is null then coalesce('@' || ltrim(i.handle, '@'), i.author_name) end as author,
    n.day as first_day,
    sum(a.community_item_count)::bigint as post_count,
    coalesce(n.answered_at < s.end_at, false) as is_answered
from report_span as s
inner join metric.newcomer as n
    on n.client_id = getvariable('client_id') and n.brand_id = getvariable('brand_id')
    and n.day between s.start_day and s.end_day
inner join metric.author_activity as a
    on n.client_id = a.client_id and n.brand_id = a.brand_id and n.author_key = a.author_key
    and a.day between s.start_day and s.end_day
left join core.author_identity as i on n.client_id = i.client_id and n.author_key = i.author_key
left join report_nameless as h on n.author_key = h.author_key
where
    s.name = 'reported'
    and (h.author_key is not null or coalesce(i.handle, i.author_name) is not null)
group by n.author_key, h.author_key, i.handle, i.author_name, n.day, n.answered_at, s.end_at
order by is_answered, post_count desc, first_day, author, n.author_key
limit 14
