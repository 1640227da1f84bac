-- The mentions and items whose id begins so. Parameter: target, eight letters or more.
select client_id, day, item_id, mention_id
from core.mention
where starts_with(mention_id, $target)
union all
select client_id, day, item_id, null
from core.item
where starts_with(item_id, $target)
order by all
