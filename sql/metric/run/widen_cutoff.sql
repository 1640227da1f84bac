-- Adds the days that were still open when the client's data reached less far (or further) than now.
insert into run_day
select $metric, d.client_id, d.day
from core.calendar as d
inner join ops.metric_cutoff as was using (client_id)
left join core.data_cutoff as now using (client_id)
where
    was.cutoff_at is distinct from now.cutoff_at
    and d.end_at + to_days($horizon_days)
    > coalesce(least(was.cutoff_at, now.cutoff_at), timestamp '1970-01-01')
    and d.start_at < coalesce(greatest(was.cutoff_at, now.cutoff_at), timestamp '1970-01-01')
