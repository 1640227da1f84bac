-- State of each source on each day of the reported span, for the report's brand.
-- Parameters: see span_volume.sql.
select c.source_id, c.day, c.state, c.measured_hours
from report_span as s
inner join core.coverage_by_source as c
    on c.client_id = getvariable('client_id') and c.brand_id = getvariable('brand_id')
    and c.day between s.start_day and s.end_day
where s.name = 'reported'
order by c.source_id, c.day
