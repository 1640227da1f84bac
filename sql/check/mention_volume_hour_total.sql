-- severity: fail
-- message: the hours of a day do not add up to its items
with by_hour as (
    select client_id, day, brand_id, sum(item_count) as hour_total
    from metric.mention_volume_hour
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
),

by_source as (
    select client_id, day, brand_id, sum(item_count) as source_total
    from metric.mention_volume
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
)

select client_id, day, brand_id, hour_total, source_total
from by_source
full join by_hour using (client_id, day, brand_id)
where coalesce(hour_total, 0) <> coalesce(source_total, 0)
order by client_id, day, brand_id;
