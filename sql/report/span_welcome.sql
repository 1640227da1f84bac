-- Newcomers of the reported, previous and last year's spans whose 48 hours were over when that span ended, and
-- how many of them were answered within these. Parameters: see span_volume.sql.
select
    s.name,
    count(*) as newcomer_count,
    count(*) filter (where n.is_answered) as welcomed_count,
    wilson_low(count(*) filter (where n.is_answered), count(*)) as low_pct,
    wilson_high(count(*) filter (where n.is_answered), count(*)) as high_pct
from report_span as s
inner join metric.newcomer as n
    on n.client_id = getvariable('client_id') and n.brand_id = getvariable('brand_id')
    and n.day between s.start_day and s.end_day
where
    s.name in ('reported', 'previous', 'last_year')
    and n.first_published_at + to_hours(48) <= s.end_at
group by s.name
order by s.name
