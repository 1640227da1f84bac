-- Every message that the brand received, and when it was answered.
--   select km_minutes(list({'minutes': observed_minutes, 'is_answered': is_answered}), 0.5) as median_minutes
--   from report.responses where client_id = 'united';
-- Take the median so, not over the answered ones alone: those that still wait would be left out.
select
    r.client_id, r.day, r.received_at, r.brand_id, r.item_id, r.network, r.channel, r.kind, i.title, i.text, i.url,
    i.author_key, r.is_answered, r.first_response_at, r.response_minutes, r.observed_minutes, r.is_settled
from metric.response as r
inner join core.item as i
    on r.client_id = i.client_id and r.day = i.day and r.item_id = i.item_id
