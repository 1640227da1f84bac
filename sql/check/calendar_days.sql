-- severity: fail
-- message: the days of a calendar overlap, leave a hole, or are not of 23, 24 or 25 hours
select client_id, day, start_at, end_at
from core.calendar
semi join scope_day using (client_id)
window each_day as (partition by client_id order by day, start_at)
qualify
    day between getvariable('from_day') and getvariable('to_day')
    and (
        start_at <> lag(end_at) over each_day
        or day <> lag(day) over each_day + 1
        or epoch_us(end_at) - epoch_us(start_at) not between 22 * 3600000000 and 26 * 3600000000
    )
order by client_id, day, start_at;
