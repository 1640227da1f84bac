-- severity: fail
-- message: the items of a theme do not add up to their sentiments
select client_id, day, brand_id, theme_id, item_count
from metric.theme
semi join scope_day using (client_id, day)
where
    day between getvariable('from_day') and getvariable('to_day')
    and positive_count + neutral_count + negative_count + unscored_count <> item_count
order by client_id, day, brand_id, theme_id;
