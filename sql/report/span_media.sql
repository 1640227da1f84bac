-- Items about the brand by kind of media in the reported and the previous span.
-- Parameters: see span_volume.sql.
select
    s.name,
    sum(m.item_count)::bigint as item_count,
    sum(m.paid_count)::bigint as paid_count,
    sum(m.earned_count)::bigint as earned_count,
    sum(m.shared_count)::bigint as shared_count,
    sum(m.owned_count)::bigint as owned_count,
    sum(m.untyped_count)::bigint as untyped_count
from report_span as s
inner join metric.media_type as m
    on m.client_id = getvariable('client_id') and m.brand_id = getvariable('brand_id')
    and m.day between s.start_day and s.end_day
where s.name in ('reported', 'previous')
group by s.name
order by s.name
