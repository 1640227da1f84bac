-- severity: fail
-- message: an answer comes before its message, or after the cut-off
select client_id, day, brand_id, item_id, received_at, first_response_at, censored_at
from metric.response
semi join scope_day using (client_id, day)
where
    day between getvariable('from_day') and getvariable('to_day')
    and (first_response_at < received_at or first_response_at > censored_at
        or censored_at < received_at or is_answered <> (first_response_at is not null))
order by client_id, day, brand_id, item_id;
