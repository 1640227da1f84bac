-- severity: fail
-- message: the kinds of media do not add up to the items
select client_id, day, brand_id, item_count
from metric.media_type
semi join scope_day using (client_id, day)
where
    day between getvariable('from_day') and getvariable('to_day')
    and item_count <> paid_count + earned_count + shared_count + owned_count;
