-- severity: fail
-- message: a mention has two current verdicts, or two of one model
select client_id, day, mention_id, count(*) as row_count
from core.verdict
semi join scope_day using (client_id, day)
where day between getvariable('from_day') and getvariable('to_day')
group by client_id, day, mention_id
having count(*) filter (where is_current) > 1 or count(*) > count(distinct model)
order by client_id, day, mention_id;
