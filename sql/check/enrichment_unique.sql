-- severity: fail
-- message: an item was read twice: two annotations, replies, lists of themes, or counters of one instant
with read as (
    select 'annotation' as table_name, client_id, day, item_id, null::timestamp as collected_at from core.annotation
    union all
    select 'reply', client_id, day, item_id, null from core.reply
    union all
    select 'item_theme', client_id, day, item_id, null from core.item_theme
    union all
    select 'counter', client_id, day, item_id, collected_at from core.counter
)

select table_name, client_id, day, item_id, count(*) as row_count
from read
semi join scope_day using (client_id, day)
where day between getvariable('from_day') and getvariable('to_day')
group by table_name, client_id, day, item_id, collected_at
having count(*) > 1
order by table_name, client_id, day, item_id;
