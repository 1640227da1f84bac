-- How the records of each source changed their keys, since when, and in how many batches: see key_change.
--   select since_at::date as day, source_id, change, count(*) as key_count
--   from core.key_change group by all order by day;
select * from key_change(timestamp '1970-01-01', 1000000)
