-- Items and sentiment of the client's brands and competitors in each span: the share of voice's parts.
-- Parameters: see span_volume.sql.
select
    s.name, b.brand_id, b.brand_name, b.rank,
    coalesce(sum(v.item_count), 0)::bigint as item_count,
    coalesce(sum(v.positive_count), 0)::bigint as positive_count,
    coalesce(sum(v.neutral_count), 0)::bigint as neutral_count,
    coalesce(sum(v.negative_count), 0)::bigint as negative_count
from report_span as s
cross join core.brand as b
left join metric.mention_volume as v
    on b.client_id = v.client_id and b.brand_id = v.brand_id
    and v.day between s.start_day and s.end_day
where b.client_id = getvariable('client_id') and b.kind in ('own', 'competitor')
group by s.name, b.brand_id, b.brand_name, b.rank
order by s.name, b.rank
