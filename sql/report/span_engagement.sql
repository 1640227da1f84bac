-- Interactions with others' items in each span, by kind; null when no counter was read. Networks that
-- forbid to add their counters to those of others are left out.
-- Parameters: see span_volume.sql.
select
    s.name,
    sum(e.engagement_count)::bigint as engagement_count,
    sum(e.like_count)::bigint as like_count,
    sum(e.repost_count)::bigint as repost_count,
    sum(e.reply_count)::bigint as reply_count,
    sum(e.view_count)::bigint as view_count,
    sum(e.measured_item_count)::bigint as measured_item_count
from report_span as s
inner join metric.engagement as e
    on e.client_id = getvariable('client_id') and e.brand_id = getvariable('brand_id')
    and e.day between s.start_day and s.end_day and not stands_alone(e.network)
group by s.name
order by s.name
