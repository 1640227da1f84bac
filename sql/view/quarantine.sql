-- Records that could not be read, by batch and reason.
--   select * from report.quarantine where client_id = 'united' order by landed_at desc;
select
    q.client_id, q.source_id, b.landed_at, q.reason,
    count(*) as row_count, any_value(b.row_count) as batch_row_count,
    min(q.row_number) as first_row, min(q.raw_ref) as first_raw_ref, q.batch_id
from ops.quarantine as q
left join ops.batch as b on q.client_id = b.client_id and q.batch_id = b.batch_id
group by q.client_id, q.source_id, b.landed_at, q.reason, q.batch_id
