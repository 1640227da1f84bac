-- Reviews without an answer when the reported span ended, of those that appeared in it and in the
-- twelve months before. Parameters: see span_volume.sql.
select
    count(*) filter (where r.day >= s.start_day) as unanswered_count,
    count(*) filter (where r.day >= s.start_day and i.rating < 3) as unanswered_negative_count,
    count(*) as year_unanswered_count,
    min(r.day) filter (where r.day >= s.start_day) as oldest_day
from report_span as s
inner join metric.response as r
    on r.client_id = getvariable('client_id') and r.brand_id = getvariable('brand_id')
    and r.day between s.end_day - 364 and s.end_day
inner join core.item as i on r.client_id = i.client_id and r.day = i.day and r.item_id = i.item_id
where
    s.name = 'reported' and is_review(r.kind, r.channel)
    and (r.first_response_at is null or r.first_response_at >= s.end_at)
