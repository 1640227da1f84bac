-- severity: fail
-- message: positive, neutral, negative and unscored items do not add up to the items
select client_id, day, brand_id, network, source_id, language, item_count
from metric.mention_volume
semi join scope_day using (client_id, day)
where
    day between getvariable('from_day') and getvariable('to_day')
    and (positive_count + neutral_count + negative_count + unscored_count = item_count)
    is distinct from true
order by client_id, day, brand_id, network, source_id, language;
