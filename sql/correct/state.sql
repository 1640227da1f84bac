-- What became of each recorded correction: `counts`, `replaced` by a newer one everywhere, or `waiting` for a
-- mention that is not there yet. Parameter: client_ids.
with known as (
    select e.client_id, e.entry_id, e.place
    from core.correction_entry as e
    semi join core.mention as m on e.client_id = m.client_id and e.mention_id = m.mention_id
    union
    select e.client_id, e.entry_id, e.place
    from core.correction_entry as e
    semi join core.mention as m on e.client_id = m.client_id and e.item_id = m.item_id
)

select
    e.entry_id, e.place,
    case
        when s.entry_id is not null then 'counts'
        when k.entry_id is not null then 'replaced'
        else 'waiting'
    end as state
from core.correction_entry as e
left join known as k on e.entry_id = k.entry_id and e.place = k.place
left join (
    select distinct entry_id, place from core.correction_standing
) as s on e.entry_id = s.entry_id and e.place = s.place
where list_contains($client_ids, e.client_id)
order by e.entry_id, e.place
