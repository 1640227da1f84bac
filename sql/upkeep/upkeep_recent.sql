-- Items of a source young enough to be looked for again.
-- Parameters: client_id, source_id, limit_at (UTC; older items are left alone).
select item_id, native_id, collected_at, original_id, is_strong_original
from core.item
where
    client_id = $client_id and source_id = $source_id
    and published_at >= $limit_at and withdrawn_at is null
order by native_id
