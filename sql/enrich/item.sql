-- The items of a client's days whose words are still there, to be judged again.
select client_id, day, item_id, content_hash, kind, language, title, text, owned_brand_id, parent_item_id
from core.item
where client_id = $client_id and day between $first and $last and text is not null and withdrawn_at is null
order by day, item_id;
