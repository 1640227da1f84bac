-- The publishes that brought something of this client, with its own counts.
select p.publish_id, p.published_at, b.batch_count, b.item_count, null::bigint as day_count
from origin.ops.publish as p
inner join (
    select publish_id, count(*) as batch_count, sum(item_count)::bigint as item_count
    from origin.ops.batch
    where client_id = $client_id
    group by publish_id
) as b on p.publish_id = b.publish_id
