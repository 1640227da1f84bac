-- Pick-ups of the brand's mentions in each span: those that repeat an earlier text.
-- Parameters: see span_volume.sql.
select s.name, sum(t.pick_up_count)::bigint as pick_up_count
from report_span as s
inner join metric.story as t
    on t.client_id = getvariable('client_id') and t.brand_id = getvariable('brand_id')
    and t.day between s.start_day and s.end_day
group by s.name
order by s.name
