-- Hours that each source measured of the reported, previous and last year's spans, for the report's brand.
-- Parameters: see span_volume.sql.
select s.name, c.source_id, sum(c.measured_hours) as measured_hours
from report_span as s
inner join core.coverage_by_source as c
    on c.client_id = getvariable('client_id') and c.brand_id = getvariable('brand_id')
    and c.day between s.start_day and s.end_day
where s.name in ('reported', 'previous', 'last_year') and c.measured_hours > 0
group by s.name, c.source_id
order by s.name, c.source_id
