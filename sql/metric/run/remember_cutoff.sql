-- Kept for every client with data, so that the next run knows which days are still open.
delete from ops.metric_cutoff;
insert into ops.metric_cutoff
select c.client_id, k.cutoff_at
from core.client as c
left join core.data_cutoff as k using (client_id)
order by c.client_id
