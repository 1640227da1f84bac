-- severity: fail
-- message: more pick-ups than mentions, or more outlets, networks or accounts than pick-ups
select s.client_id, s.day, s.brand_id, s.pick_up_count, v.item_count
from (
    select
        client_id, day, brand_id, sum(pick_up_count) as pick_up_count,
        bool_or(greatest(outlet_count, network_count, author_count) > pick_up_count) as is_wide
    from metric.story
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
) as s
left join (
    select client_id, day, brand_id, sum(item_count) as item_count
    from metric.mention_volume
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
) as v using (client_id, day, brand_id)
where s.is_wide or s.pick_up_count > coalesce(v.item_count, 0)
order by s.day, s.client_id, s.brand_id;
