-- Items of a source that were collected so long ago that their text must go, with the runs in which they
-- landed. Parameters: client_id, source_id, limit_at (UTC).
select i.item_id, i.native_id, list(distinct v.batch_id order by v.batch_id) as batches
from core.item as i
inner join raw.item_version as v on i.client_id = v.client_id and i.item_id = v.item_id
where
    i.client_id = $client_id and i.source_id = $source_id
    and i.collected_at < $limit_at and i.withdrawn_at is null
group by i.item_id, i.native_id
order by i.native_id
