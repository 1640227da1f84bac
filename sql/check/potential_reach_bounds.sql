-- severity: fail
-- message: unique reach exceeds gross reach, or more items are known than there are
select client_id, day, brand_id, item_count, known_item_count, unique_reach_count, gross_reach_count
from metric.potential_reach
semi join scope_day using (client_id, day)
where
    day between getvariable('from_day') and getvariable('to_day')
    and (unique_reach_count > gross_reach_count or known_item_count > item_count
        or author_count > item_count)
order by client_id, day, brand_id;
