-- severity: warn
-- message: a file holds items of whole days that nobody says were measured; correct `covers` in its mapping
-- Such items count nowhere as measured, however long one waits. What comes early is no fault: a feed, a live
-- page and a morning's export hold the first hours of a day that the next run measures. A site is asked
-- for a window, so what it gave beyond is always early.
select i.client_id, i.day, i.source_id, count(*) as item_count
from core.item as i
semi join scope_day as s on i.client_id = s.client_id and i.day = s.day
inner join core.calendar as d on i.client_id = d.client_id and i.day = d.day
left join core.data_cutoff as k on i.client_id = k.client_id
left join core.source as f on i.client_id = f.client_id and i.source_id = f.source_id
where
    i.day between getvariable('from_day') and getvariable('to_day')
    and (d.start_at < k.cutoff_at) is distinct from true
    and coalesce(f.kind, 'file') = 'file'
    and i.collected_at >= d.end_at
group by i.client_id, i.day, i.source_id
order by i.client_id, i.day, i.source_id;
