-- severity: fail
-- message: something was answered before it was written, or by its own author
select 'topic' as metric, client_id, day, brand_id, item_id as subject
from metric.topic
semi join scope_day using (client_id, day)
where
    day between getvariable('from_day') and getvariable('to_day')
    and (answered_at < published_at or answer_author_key = author_key
        or is_answered <> (answered_at is not null) or (is_answered_by_brand and not is_answered))
union all
select 'newcomer_return', client_id, day, brand_id, author_key
from metric.newcomer_return
semi join scope_day using (client_id, day)
where
    day between getvariable('from_day') and getvariable('to_day')
    and (next_post_at < first_published_at or next_day_post_at < next_post_at
        or (next_post_at is null and next_day_post_at is not null))
union all
select 'office_response', o.client_id, o.day, o.brand_id, o.item_id
from metric.office_response as o
semi join scope_day as s on o.client_id = s.client_id and o.day = s.day
left join metric.response as r
    on o.client_id = r.client_id and o.day = r.day and o.brand_id = r.brand_id and o.item_id = r.item_id
where
    o.day between getvariable('from_day') and getvariable('to_day')
    and (r.item_id is null or o.is_answered <> r.is_answered
        or o.observed_office_minutes > r.observed_minutes or o.observed_office_minutes < 0)
order by metric, client_id, day, brand_id, subject;
