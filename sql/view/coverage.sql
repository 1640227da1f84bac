-- What each source measured of each day, and why it did not.
--   select * from report.coverage where client_id = 'united' and state not in ('ok', 'ok_empty');
select
    d.client_id, d.day, d.source_id, s.source_name, s.kind as source_kind, d.state, d.measured_hours,
    d.day_hours, d.cause, d.reason, coalesce(i.item_count, 0) as item_count
from core.source_day as d
left join core.source as s on d.client_id = s.client_id and d.source_id = s.source_id
left join (
    select client_id, source_id, day, count(*) as item_count
    from core.item
    group by client_id, source_id, day
) as i on d.client_id = i.client_id and d.source_id = i.source_id and d.day = i.day
