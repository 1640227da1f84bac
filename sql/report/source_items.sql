-- Items of the reported span by source, for the report's brand. Parameters: see span_volume.sql.
select v.source_id, sum(v.item_count)::bigint as item_count
from report_span as s
inner join metric.mention_volume as v
    on v.client_id = getvariable('client_id') and v.brand_id = getvariable('brand_id')
    and v.day between s.start_day and s.end_day
where s.name = 'reported'
group by v.source_id
order by v.source_id
