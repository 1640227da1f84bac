-- severity: fail
-- message: an item does not lie within its local day
select i.client_id, i.day, i.item_id, i.published_at
from core.item as i
semi join scope_day as s on i.client_id = s.client_id and i.day = s.day
left join core.calendar as d on i.client_id = d.client_id and i.day = d.day
where
    i.day between getvariable('from_day') and getvariable('to_day')
    and (i.published_at >= d.start_at and i.published_at < d.end_at) is distinct from true
order by i.client_id, i.day, i.item_id;
