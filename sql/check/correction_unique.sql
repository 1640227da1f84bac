-- severity: fail
-- message: corrections make an item name a brand twice, or stand twice for one mention
select client_id, day, item_id, brand_id, count(*) as row_count
from (
    select m.client_id, m.day, m.item_id, coalesce(k.brand_id, m.brand_id) as brand_id
    from core.mention as m
    semi join scope_day using (client_id, day)
    left join core.correction as k
        on m.client_id = k.client_id and m.day = k.day and m.mention_id = k.mention_id
    where
        m.day between getvariable('from_day') and getvariable('to_day')
        and not coalesce(k.is_dismissed or k.is_doubled, false)
)
semi join core.correction using (client_id, day, item_id)
group by client_id, day, item_id, brand_id
having count(*) > 1
order by client_id, day, item_id, brand_id;
