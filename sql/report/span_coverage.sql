-- Hours measured in each span, for every brand of the client. Parameters: see span_volume.sql.
select
    s.name, c.brand_id,
    sum(c.measured_hours) as measured_hours,
    bool_and(c.state = 'ok') and count(*) = s.end_day - s.start_day + 1 as is_complete
from report_span as s
inner join core.coverage_day as c
    on c.client_id = getvariable('client_id') and c.day between s.start_day and s.end_day
group by s.name, c.brand_id, s.start_day, s.end_day
order by s.name, c.brand_id
