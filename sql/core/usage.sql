-- What collecting cost: calls, units of quota, bytes and items by client, source and month (UTC) of the
-- reading; calls that looked whether items still exist are among them. A unit is what the site's daily
-- quota counts: of YouTube, searches alone.
--   select * from core.usage where month = date '2026-05-01';
with spent as (
    select
        client_id, source_id, landed_at as spent_at, 1 as batch_count,
        call_count, cost_count, byte_count, item_count, quarantined_count
    from ops.batch
    union all
    -- Upkeep lands nothing: what it spent stands in the journal.
    select
        client_id,
        json_extract_string(body, '$.source_id'),
        json_extract_string(body, '$.at')::timestamp,
        0,
        json_extract(body, '$.calls')::bigint,
        json_extract(body, '$.cost')::bigint,
        json_extract(body, '$.bytes')::bigint,
        0, 0
    from ops.journal
    where kind = 'spent'
)

select
    client_id, source_id, date_trunc('month', spent_at)::date as month,
    sum(batch_count)::bigint as batch_count,
    sum(call_count)::bigint as call_count,
    sum(cost_count)::bigint as cost_count,
    sum(byte_count)::bigint as byte_count,
    sum(item_count)::bigint as item_count,
    sum(quarantined_count)::bigint as quarantined_count
from spent
group by client_id, source_id, date_trunc('month', spent_at)
