-- What of each span still had no answer when that span ended: reviews, and all other messages.
-- Parameters: see span_volume.sql.
with open_message as (
    select s.name, r.day, is_review(r.kind, r.channel) as is_review, i.rating
    from report_span as s
    inner join metric.response as r
        on r.client_id = getvariable('client_id') and r.brand_id = getvariable('brand_id')
        and r.day between s.start_day and s.end_day
    inner join core.item as i
        on r.client_id = i.client_id and r.day = i.day and r.item_id = i.item_id
    where
        s.name in ('reported', 'previous', 'last_year')
        -- The same line as in span_response.sql: an answer counts if it came before the cut-off.
        and not coalesce(
            r.first_response_at < least(s.end_at, r.censored_at + interval 1 microsecond), false
        )
)

select
    name,
    count(*) filter (where is_review) as review_count,
    count(*) filter (where is_review and rating < 3) as negative_review_count,
    min(day) filter (where is_review) as oldest_review_day,
    count(*) filter (where not is_review) as other_count,
    min(day) filter (where not is_review) as oldest_other_day
from open_message
group by name
order by name
