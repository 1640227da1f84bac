-- Of the same post from two sources one copy leads stories; which one may have changed.
insert into resketched
select r.client_id, r.day, r.item_id, i.published_at, s.slots
from ranked as r
inner join core.item as i on r.client_id = i.client_id and r.day = i.day and r.item_id = i.item_id
left join core.sketch as s on r.client_id = s.client_id and r.day = s.day and r.item_id = s.item_id
where r.is_primary <> r.was_primary;
