-- What the checks warn of, and is true as far as anybody looked.
--   select * from report.warnings where client_id = 'united' order by day desc;
select f.client_id, f.day, f.check_name, r.message, f.source_id, f.detail
from ops.check_finding as f
left join ops.check_result as r on f.check_name = r.check_name
