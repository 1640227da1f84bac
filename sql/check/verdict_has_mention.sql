-- severity: fail
-- message: a verdict judges a mention that is not there
select client_id, day, mention_id, model
from core.verdict
semi join scope_day using (client_id, day)
anti join (
    select client_id, day, mention_id from core.mention where day between getvariable('from_day') and getvariable('to_day')
) using (client_id, day, mention_id)
where day between getvariable('from_day') and getvariable('to_day')
order by client_id, day, mention_id, model;
