-- What the given ids, or their first eight letters or more, name: mentions, and items with their mentions.
-- Parameters: client_id; table wanted_target(target).
select w.target, m.mention_id, m.item_id, [m.mention_id] as mention_ids
from wanted_target as w
inner join core.mention as m
    on left(m.mention_id, 8) = left(w.target, 8) and starts_with(m.mention_id, w.target)
where m.client_id = $client_id
union all
select w.target, null, i.item_id, list(m.mention_id) filter (where m.mention_id is not null)
from wanted_target as w
inner join core.item as i
    on left(i.item_id, 8) = left(w.target, 8) and starts_with(i.item_id, w.target)
left join core.mention as m
    on i.client_id = m.client_id and i.day = m.day and i.item_id = m.item_id
where i.client_id = $client_id
group by w.target, i.item_id
order by all
