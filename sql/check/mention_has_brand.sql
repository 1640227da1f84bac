-- severity: fail
-- message: a mention names a brand that the client does not have
select client_id, day, brand_id, count(*) as mention_count
from core.mention
semi join scope_day using (client_id, day)
anti join core.brand using (client_id, brand_id)
where day between getvariable('from_day') and getvariable('to_day')
group by client_id, day, brand_id
order by client_id, day, brand_id;
