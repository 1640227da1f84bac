-- severity: fail
-- message: a metric has two rows where its card promises one
-- Asked of each card in turn, with its name for <metric> and its grain for <key>.
select '<metric>' as metric, <key>, count(*) as row_count
from metric.<metric>
semi join scope_day using (client_id, day)
where day between getvariable('from_day') and getvariable('to_day')
group by <key>
having count(*) > 1
order by <key>;
