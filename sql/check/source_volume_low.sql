-- severity: warn
-- message: a source gave far fewer items than on the same weekday of the weeks before; look whether it was cut
select v.client_id, v.day, v.source_id, v.item_count, v.median_count, v.low_count
from source_volume(getvariable('from_day'), getvariable('to_day')) as v
semi join scope_day as s on v.client_id = s.client_id and v.day = s.day
where v.is_low
order by v.client_id, v.day, v.source_id;
