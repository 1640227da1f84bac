-- severity: fail
-- message: an item is flagged twice, without a reason, or on a day on which there is no such item
select f.client_id, f.day, f.item_id, count(*) as row_count
from core.suspect as f
semi join scope_day as s on f.client_id = s.client_id and f.day = s.day
left join core.item as i on f.client_id = i.client_id and f.day = i.day and f.item_id = i.item_id
where f.day between getvariable('from_day') and getvariable('to_day')
group by f.client_id, f.day, f.item_id
having count(*) > 1 or bool_or(i.item_id is null or not (f.is_spam or f.is_bot_like))
order by f.client_id, f.day, f.item_id;
