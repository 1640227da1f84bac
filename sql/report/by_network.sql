-- Items by network in the reported and the previous span. Parameters: see span_volume.sql.
select
    v.network,
    coalesce(sum(v.item_count) filter (where s.name = 'reported'), 0)::bigint as item_count,
    coalesce(sum(v.item_count) filter (where s.name = 'previous'), 0)::bigint as prior_item_count,
    coalesce(sum(v.positive_count) filter (where s.name = 'reported'), 0)::bigint as positive_count,
    coalesce(sum(v.neutral_count) filter (where s.name = 'reported'), 0)::bigint as neutral_count,
    coalesce(sum(v.negative_count) filter (where s.name = 'reported'), 0)::bigint as negative_count
from report_span as s
inner join metric.mention_volume as v
    on v.client_id = getvariable('client_id') and v.brand_id = getvariable('brand_id')
    and v.day between s.start_day and s.end_day
where s.name in ('reported', 'previous') and v.network is not null
group by v.network
having sum(v.item_count) filter (where s.name = 'reported') > 0
order by item_count desc, v.network
