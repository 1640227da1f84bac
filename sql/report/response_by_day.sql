-- Messages received on each day of the reported span, and those answered before it ended.
-- Parameters: see span_volume.sql.
select
    r.day,
    count(*) as inbound_count,
    count(*) filter (where r.first_response_at < s.end_at) as answered_count
from report_span as s
inner join metric.response as r
    on r.client_id = getvariable('client_id') and r.brand_id = getvariable('brand_id')
    and r.day between s.start_day and s.end_day
where s.name = 'reported'
group by r.day
order by r.day
