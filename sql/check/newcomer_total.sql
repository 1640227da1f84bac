-- severity: fail
-- message: a day has more newcomers than members
select client_id, day, brand_id, member_count, newcomer_count, answered_newcomer_count
from metric.active_member
semi join scope_day using (client_id, day)
where
    day between getvariable('from_day') and getvariable('to_day')
    and (newcomer_count > member_count or answered_newcomer_count > newcomer_count
        or member_count > post_count)
order by client_id, day, brand_id;
