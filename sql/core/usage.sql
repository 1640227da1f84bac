-- What collecting cost: calls, units of quota, bytes and items by client, source and month (UTC) of the
-- reading. A unit is what the site's daily quota counts: of YouTube, searches alone.
--   select * from core.usage where month = date '2026-05-01';
select
    client_id, source_id, date_trunc('month', landed_at)::date as month,
    count(*) as batch_count,
    sum(call_count)::bigint as call_count,
    sum(cost_count)::bigint as cost_count,
    sum(byte_count)::bigint as byte_count,
    sum(item_count)::bigint as item_count,
    sum(quarantined_count)::bigint as quarantined_count
from ops.batch
group by client_id, source_id, date_trunc('month', landed_at)
