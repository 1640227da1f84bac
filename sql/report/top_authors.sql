-- The most active authors of the reported span, ten at most, without the name of those who may not be
-- named. Parameters: see span_volume.sql, and before/withheld.sql.
select
    case when h.author_key is null then coalesce('@' || ltrim(n.handle, '@'), n.author_name) end as author,
    any_value(a.network order by a.day, a.network) as network,
    sum(a.item_count)::bigint as item_count,
    sum(a.positive_count)::bigint as positive_count,
    sum(a.negative_count)::bigint as negative_count,
    max(a.follower_count) as follower_count,
    sum(a.engagement_count)::bigint as engagement_count
from report_span as s
inner join metric.author_activity as a
    on a.client_id = getvariable('client_id') and a.brand_id = getvariable('brand_id')
    and a.day between s.start_day and s.end_day
left join core.author_identity as n on a.client_id = n.client_id and a.author_key = n.author_key
left join report_nameless as h on a.author_key = h.author_key
where
    s.name = 'reported'
    and (h.author_key is not null or coalesce(n.handle, n.author_name) is not null)
group by a.author_key, h.author_key, n.handle, n.author_name
order by
    item_count desc, engagement_count desc nulls last, follower_count desc nulls last, author,
    a.author_key
limit 10
