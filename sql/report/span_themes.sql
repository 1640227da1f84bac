-- Items on each of the client's own themes in each span. Parameters: see span_volume.sql.
select
    s.name, t.theme_id,
    sum(t.item_count)::bigint as item_count,
    sum(t.positive_count)::bigint as positive_count,
    sum(t.neutral_count)::bigint as neutral_count,
    sum(t.negative_count)::bigint as negative_count
from report_span as s
inner join metric.theme as t
    on t.client_id = getvariable('client_id') and t.brand_id = getvariable('brand_id')
    and t.day between s.start_day and s.end_day
where s.name in ('reported', 'previous', 'year')
group by s.name, t.theme_id
order by s.name, t.theme_id
