-- Items by language in the reported span. Parameters: see span_volume.sql.
select coalesce(v.language, 'und') as language, sum(v.item_count)::bigint as item_count
from report_span as s
inner join metric.mention_volume as v
    on v.client_id = getvariable('client_id') and v.brand_id = getvariable('brand_id')
    and v.day between s.start_day and s.end_day
where s.name = 'reported' and v.item_count > 0
group by coalesce(v.language, 'und')
order by item_count desc, language
