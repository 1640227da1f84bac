-- Periods that end in the reported span, of which an expected source gave nothing or too little.
-- Parameters: see span_volume.sql.
select p.source_id, p.start_day, p.end_day, p.is_missing, p.item_count, p.minimum_rows
from report_span as s
inner join core.source_period as p
    on p.client_id = getvariable('client_id') and p.end_day between s.start_day and s.end_day
where s.name = 'reported' and (p.is_missing or p.is_short)
order by p.source_id, p.end_day
