-- severity: fail
-- message: a metric has rows of a brand that the client does not have
-- Asked of each card in turn, with its name for <metric>.
-- needs: brand_id
select '<metric>' as metric, client_id, day, brand_id, count(*) as row_count
from metric.<metric>
semi join scope_day using (client_id, day)
anti join core.brand using (client_id, brand_id)
where day between getvariable('from_day') and getvariable('to_day')
group by client_id, day, brand_id
order by client_id, day, brand_id;
