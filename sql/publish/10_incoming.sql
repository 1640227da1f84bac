-- The newest reading of each item among the staged batches, and what it replaces.
-- Readings are ordered by (collected_at, batch_id), so the outcome does not depend on which batches
-- were published together.
create or replace temp table incoming as
select s.*
from staged_item as s
left join core.item as known on s.item_id = known.item_id
where known.item_id is null
    or (s.collected_at, s.batch_id) > (known.collected_at, known.batch_id)
qualify row_number() over (
    partition by s.item_id order by s.collected_at desc, s.batch_id desc
) = 1;

create or replace temp table replaced as
select
    known.client_id, known.day, known.item_id, known.original_id, known.content_hash,
    known.owned_brand_id
from core.item as known
semi join incoming on known.item_id = incoming.item_id;

-- Every distinct content that was ever seen, at its first sighting: an older batch may be published
-- after a newer one.
create or replace temp table first_sighting as
select
    s.client_id, s.item_id, s.day, s.content_hash, s.published_at,
    s.collected_at, s.source_id, s.batch_id, s.raw_ref
from staged_item as s
left join raw.item_version as v
    on s.client_id = v.client_id and s.item_id = v.item_id and s.content_hash = v.content_hash
where v.item_id is null
    or (s.collected_at, s.batch_id) < (v.collected_at, v.batch_id)
qualify row_number() over (
    partition by s.item_id, s.content_hash order by s.collected_at, s.batch_id
) = 1;
delete from raw.item_version as v
using first_sighting as f
where v.client_id = f.client_id and v.item_id = f.item_id and v.content_hash = f.content_hash;
insert into raw.item_version by name
select * from first_sighting order by client_id, day, item_id, collected_at;
