-- severity: warn
-- message: ratings leave the scale of 1 to 5 stars; rescale them in the mapping
select client_id, day, source_id, count(*) as item_count, min(rating) as lowest, max(rating) as highest
from core.item
semi join scope_day using (client_id, day)
where day between getvariable('from_day') and getvariable('to_day') and rating not between 1 and 5
group by client_id, day, source_id
order by client_id, day, source_id;
