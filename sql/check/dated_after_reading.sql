-- severity: warn
-- message: items are dated after they were read; correct the zone of the source's dates
-- No post is read before it is written. What lies more than a day ahead is set aside when it is read; within
-- it the usual fault is a zone. A quarter of an hour is left to clocks that differ.
select i.client_id, i.day, i.source_id, count(*) as item_count
from core.item as i
semi join scope_day as s on i.client_id = s.client_id and i.day = s.day
where
    i.day between getvariable('from_day') and getvariable('to_day')
    and i.published_at > i.collected_at + interval 15 minutes
group by i.client_id, i.day, i.source_id
order by i.client_id, i.day, i.source_id;
