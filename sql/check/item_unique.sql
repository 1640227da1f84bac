-- severity: fail
-- message: an item is stored twice; a corrected date must delete the row at its old day
-- The other row may be on any day, so the items of the touched days are looked up in all of them.
select client_id, item_id, count(*) as row_count, min(day) as first_day, max(day) as last_day
from core.item
semi join (
    select client_id, item_id
    from core.item
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
) using (client_id, item_id)
group by client_id, item_id
having count(*) > 1
order by client_id, item_id;
