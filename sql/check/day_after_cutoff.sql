-- severity: warn
-- message: items are dated after the client's data end; look at the dates of the source
select i.client_id, i.day, i.source_id, count(*) as item_count
from core.item as i
semi join scope_day as s on i.client_id = s.client_id and i.day = s.day
inner join core.calendar as d on i.client_id = d.client_id and i.day = d.day
left join core.data_cutoff as k on i.client_id = k.client_id
where i.day between getvariable('from_day') and getvariable('to_day') and (d.start_at < k.cutoff_at) is distinct from true
group by i.client_id, i.day, i.source_id
order by i.client_id, i.day, i.source_id;
