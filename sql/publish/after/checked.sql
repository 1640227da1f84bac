-- Keep what the checks found: the results of this publish, and the warnings of the days that it touched.
-- What is about a client as a whole is replaced with any of its days.
-- Parameters: views checked_result and checked_finding; variable publish_id.
delete from ops.check_result where true;
insert into ops.check_result by name
select *, getvariable('publish_id') as publish_id from checked_result order by check_name;

delete from ops.check_finding as f
using (select distinct client_id, day from ops.scope) as s
where f.client_id = s.client_id and (f.day is null or f.day = s.day);
insert into ops.check_finding by name
select *, getvariable('publish_id') as publish_id
from checked_finding
order by client_id, day, check_name, source_id, detail;
