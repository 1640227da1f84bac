-- Usage of some months, in order. Parameters: first and last day of a month, or null for all.
select month, client_id, source_id, batch_count, call_count, cost_count, byte_count, item_count, quarantined_count
from core.usage
where month >= coalesce($first, month) and month <= coalesce($last, month)
order by month, client_id, source_id
