-- What the table <table> says of the mentions of one item. Parameters: client_id, day, item_id.
select t.*
from core.<table> as t
semi join (
    select client_id, day, mention_id
    from core.mention
    where client_id = $client_id and day = $day and item_id = $item_id
) as m on t.client_id = m.client_id and t.day = m.day and t.mention_id = m.mention_id
order by all
