-- severity: fail
-- message: a member listed as silent wrote in between
select 'gone_quiet' as metric, q.client_id, q.day, q.brand_id, q.author_key, a.day as active_day
from metric.gone_quiet as q
semi join scope_day as s on q.client_id = s.client_id and q.day = s.day
inner join metric.author_activity as a
    on q.client_id = a.client_id and q.brand_id = a.brand_id and q.author_key = a.author_key
where
    q.day between getvariable('from_day') and getvariable('to_day')
    and a.day between getvariable('from_day') - 29 and getvariable('to_day')
    and a.day > q.last_day and a.day <= q.day and a.community_item_count > 0
union all
select 'returning_member', b.client_id, b.day, b.brand_id, b.author_key, a.day
from metric.returning_member as b
semi join scope_day as s on b.client_id = s.client_id and b.day = s.day
inner join metric.author_activity as a
    on b.client_id = a.client_id and b.brand_id = a.brand_id and b.author_key = a.author_key
where
    b.day between getvariable('from_day') and getvariable('to_day')
    and a.day between getvariable('from_day') - 30 and getvariable('to_day')
    and a.day >= b.day - 30 and a.day < b.day and a.community_item_count > 0
order by metric, client_id, day, brand_id, author_key, active_day;
