-- What the checks say that stand for this client, with its own counts.
select r.* replace (f.row_count as row_count)
from origin.ops.check_result as r
inner join (
    select check_name, count(*) as row_count
    from origin.ops.check_finding
    where client_id = $client_id
    group by check_name
) as f on r.check_name = f.check_name
