-- severity: fail
-- message: a mention has no item on its day
select client_id, day, mention_id, item_id
from core.mention
semi join scope_day using (client_id, day)
anti join (
    select client_id, day, item_id from core.item where day between getvariable('from_day') and getvariable('to_day')
) using (client_id, day, item_id)
where day between getvariable('from_day') and getvariable('to_day')
order by client_id, day, mention_id;
