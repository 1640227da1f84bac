-- Replies in the community that were read, and those that thank, in the reported, previous and last year's
-- spans. Parameters: see span_volume.sql.
select
    s.name,
    sum(t.read_count)::bigint as read_count,
    sum(t.thanks_count)::bigint as thanks_count,
    wilson_low(sum(t.thanks_count)::bigint, sum(t.read_count)::bigint) as low_pct,
    wilson_high(sum(t.thanks_count)::bigint, sum(t.read_count)::bigint) as high_pct
from report_span as s
inner join metric.thank_rate as t
    on t.client_id = getvariable('client_id') and t.brand_id = getvariable('brand_id')
    and t.day between s.start_day and s.end_day
where s.name in ('reported', 'previous', 'last_year')
group by s.name
order by s.name
