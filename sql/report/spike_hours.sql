-- Hours of the span `spike` (the day before a negative peak, that day and the next) that have items.
-- Parameters: see span_volume.sql, and the spans spike and spike_day.
select h.day, h.hour_local as hour, h.item_count, h.negative_count
from report_span as s
inner join metric.mention_volume_hour as h
    on h.client_id = getvariable('client_id') and h.brand_id = getvariable('brand_id')
    and h.day between s.start_day and s.end_day
where s.name = 'spike' and h.item_count > 0
order by h.day, h.hour_local
