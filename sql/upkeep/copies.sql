-- Items that are for certain one of some posts, whichever source they came through.
-- Parameters: client_id, original_ids.
select item_id, native_id, source_id, original_id
from core.item
where
    client_id = $client_id and is_strong_original
    and original_id in (select unnest($original_ids::varchar[]))
order by source_id, native_id
