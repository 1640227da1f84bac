-- severity: fail
-- message: what was read of an item stands on a day on which there is no such item
with read as (
    select 'annotation' as table_name, client_id, day, item_id from core.annotation
    union all
    select 'reply', client_id, day, item_id from core.reply
    union all
    select 'item_theme', client_id, day, item_id from core.item_theme
    union all
    select 'counter', client_id, day, item_id from core.counter
)

select table_name, client_id, day, item_id
from read
semi join scope_day using (client_id, day)
anti join (
    select client_id, day, item_id from core.item where day between getvariable('from_day') and getvariable('to_day')
) using (client_id, day, item_id)
where day between getvariable('from_day') and getvariable('to_day')
order by table_name, client_id, day, item_id;
