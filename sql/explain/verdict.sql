-- All verdicts on the mentions of one item, the current one first. Parameters: client_id, day, item_id.
select v.* exclude (client_id, day)
from core.verdict as v
inner join core.mention as m
    on v.client_id = m.client_id and v.day = m.day and v.mention_id = m.mention_id
where m.client_id = $client_id and m.day = $day and m.item_id = $item_id
order by v.mention_id, v.is_current desc, v.model, v.model_version
