-- severity: fail
-- message: mention_volume does not count the mentions that core holds
with counted as (
    select client_id, day, brand_id, sum(item_count + own_voice_count) as item_count
    from metric.mention_volume
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
),

held as (
    select client_id, day, brand_id, count(*) as mention_count
    from core.mention_current
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
)

select client_id, day, brand_id, item_count, mention_count
from counted
full join held using (client_id, day, brand_id)
where coalesce(item_count, 0) <> coalesce(mention_count, 0)
order by client_id, day, brand_id;
