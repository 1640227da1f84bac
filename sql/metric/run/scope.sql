insert into scope_day
select distinct client_id, day
from run_day
where metric = $metric and day between getvariable('from_day') and getvariable('to_day')
order by client_id, day
