-- The days of which the last publish brought an item, or another version of one.
with last as (
    select publish_id
    from ops.publish
    order by published_at desc, publish_id desc
    limit 1
)

select distinct v.client_id, v.day
from raw.item_version as v
inner join ops.batch as b on v.batch_id = b.batch_id
semi join last as l on b.publish_id = l.publish_id
order by v.client_id, v.day
