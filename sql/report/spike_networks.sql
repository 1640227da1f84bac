-- Items and negative items by network on the day of a negative peak.
-- Parameters: see span_volume.sql, and the spans spike and spike_day.
select
    coalesce(v.network, 'other') as network,
    sum(v.item_count)::bigint as item_count,
    sum(v.negative_count)::bigint as negative_count
from report_span as s
inner join metric.mention_volume as v
    on v.client_id = getvariable('client_id') and v.brand_id = getvariable('brand_id')
    and v.day between s.start_day and s.end_day
where s.name = 'spike_day'
group by coalesce(v.network, 'other')
having sum(v.item_count) > 0
order by negative_count desc, item_count desc, network
