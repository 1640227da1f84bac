-- severity: fail
-- message: an item names the same brand twice
select client_id, day, item_id, brand_id, count(*) as row_count
from core.mention
semi join scope_day using (client_id, day)
where day between getvariable('from_day') and getvariable('to_day')
group by client_id, day, item_id, brand_id
having count(*) > 1 or count(distinct mention_id) <> count(*)
union all
select client_id, min(day), min(item_id), min(brand_id), count(*)
from core.mention
semi join scope_day using (client_id, day)
where day between getvariable('from_day') and getvariable('to_day')
group by client_id, mention_id
having count(*) > 1
order by client_id, day, item_id, brand_id;
