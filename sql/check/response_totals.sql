-- severity: fail
-- message: the response metrics of a day do not count the same messages
with message as (
    select client_id, day, brand_id, count(*) as message_count
    from metric.response
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
)

select
    client_id, day, brand_id, m.message_count, r.inbound_count, t.inbound_count as timed_count,
    r.low_pct, r.response_rate_pct, r.high_pct
from (select * from metric.response_rate where day between getvariable('from_day') and getvariable('to_day')) as r
full join (
    select * from metric.first_response_time where day between getvariable('from_day') and getvariable('to_day')
) as t using (client_id, day, brand_id)
left join message as m using (client_id, day, brand_id)
semi join scope_day using (client_id, day)
where
    coalesce(m.message_count, 0) is distinct from r.inbound_count
    or r.inbound_count is distinct from t.inbound_count
    or r.answered_count + r.waiting_count <> r.inbound_count
    or r.response_rate_pct not between r.low_pct and r.high_pct
    or t.median_minutes > t.p90_minutes
order by client_id, day, brand_id;
