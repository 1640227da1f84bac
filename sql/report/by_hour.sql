-- Items by weekday (1 = Monday) and local hour of the reported span. Parameters: see span_volume.sql.
select isodow(h.day) as weekday, h.hour_local as hour, sum(h.item_count)::bigint as item_count
from report_span as s
inner join metric.mention_volume_hour as h
    on h.client_id = getvariable('client_id') and h.brand_id = getvariable('brand_id')
    and h.day between s.start_day and s.end_day
where s.name = 'reported'
group by isodow(h.day), h.hour_local
order by weekday, hour
