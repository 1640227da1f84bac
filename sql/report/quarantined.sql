-- Rows that could not be read in the batches that measured a part of the reported span, by reason.
-- Such a row has no trustworthy date of its own. Parameters: see span_volume.sql.
with batch as (
    select distinct g.batch_id
    from report_span as s
    inner join ops.coverage as g
        on g.client_id = getvariable('client_id') and g.start_at < s.end_at and g.end_at > s.start_at
    where s.name = 'reported'
)

select q.reason, count(*) as row_count
from ops.quarantine as q
semi join batch on q.batch_id = batch.batch_id
where q.client_id = getvariable('client_id')
group by q.reason
order by row_count desc, q.reason
