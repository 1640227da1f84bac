-- All that people said of the mentions of one item, the newest first, and whether it stands.
-- Parameters: client_id, day, item_id.
select
    m.mention_id, e.recorded_at, e.recorded_by, e.field, e.action, e.value, e.note,
    s.entry_id is not null as is_standing
from core.mention as m
inner join core.correction_entry as e
    on m.client_id = e.client_id and (m.mention_id = e.mention_id or m.item_id = e.item_id)
left join core.correction_standing as s
    on m.client_id = s.client_id and m.mention_id = s.mention_id
    and e.entry_id = s.entry_id and e.place = s.place
where m.client_id = $client_id and m.day = $day and m.item_id = $item_id
order by m.mention_id, e.recorded_at desc, e.entry_id desc, e.place desc
