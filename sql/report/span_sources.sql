-- Sources that measured a part of each span for the report's brand. Parameters: see span_volume.sql.
select s.name, list(distinct c.source_id order by c.source_id) as sources
from report_span as s
inner join core.coverage_by_source as c
    on c.client_id = getvariable('client_id') and c.brand_id = getvariable('brand_id')
    and c.day between s.start_day and s.end_day
where c.measured_hours > 0
group by s.name
order by s.name
