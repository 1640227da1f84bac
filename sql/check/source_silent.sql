-- severity: warn
-- message: a source that is asked gives nothing for longer than it ever did; look whether it still works
select v.client_id, v.day, v.source_id, v.silent_days, v.last_item_day, v.longest_silence
from source_silence(getvariable('from_day'), getvariable('to_day')) as v
semi join scope_day as s on v.client_id = s.client_id and v.day = s.day
where v.is_silent
order by v.client_id, v.day, v.source_id;
