-- severity: fail
-- message: a mention has two current verdicts
select client_id, day, mention_id, count(*) as row_count
from core.verdict
semi join scope_day using (client_id, day)
where day between getvariable('from_day') and getvariable('to_day') and is_current
group by client_id, day, mention_id
having count(*) > 1
order by client_id, day, mention_id;
