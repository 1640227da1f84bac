-- Volume and sentiment of the brand on each day of the reported, previous and last year's spans.
-- A day without a row was not measured. Parameters: see span_volume.sql.
select
    s.name, c.day, c.state, c.measured_pct,
    case when c.state <> 'not_measured' or count(v.day) > 0 then coalesce(sum(v.item_count), 0)::bigint end
        as item_count,
    coalesce(sum(v.positive_count), 0)::bigint as positive_count,
    coalesce(sum(v.neutral_count), 0)::bigint as neutral_count,
    coalesce(sum(v.negative_count), 0)::bigint as negative_count
from report_span as s
inner join core.coverage_day as c
    on c.client_id = getvariable('client_id') and c.brand_id = getvariable('brand_id')
    and c.day between s.start_day and s.end_day
left join metric.mention_volume as v
    on c.client_id = v.client_id and c.day = v.day and c.brand_id = v.brand_id
where s.name in ('reported', 'previous', 'last_year')
group by s.name, c.day, c.state, c.measured_pct
order by s.name, c.day
