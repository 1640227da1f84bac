-- One row for each configured source and period in which its client's file expects new data of it.
--   select * from core.source_period where client_id = 'united' and is_missing;
-- The periods of `expected`: local days (daily), the client's weeks (weekly), calendar months (monthly), all
-- days since the source's first known one (once). Those before its first known day are not expected of it.
-- A day that lies in the period and not in the calendar is not looked at: judge periods that are over.
-- is_missing: nothing is known of any of its days; a source that was asked and failed is no missing one, its
-- gap has a state and a reason. Whatever is delivered later makes it false.
-- is_short: it was measured, at least in part, and holds fewer items than minimum_rows. item_count: items
-- dated in the period, whatever they name, excluded ones and copies included.
with item as (
    select client_id, source_id, day, count(*) as item_count
    from core.item
    group by client_id, source_id, day
),

period as (
    select
        s.client_id, s.source_id, s.expected, s.minimum_rows,
        case s.expected
            when 'weekly' then c.week_start
            when 'monthly' then c.month_start
            when 'once' then min(d.day) over (partition by s.client_id, s.source_id)
            else d.day
        end as start_day,
        case s.expected
            when 'weekly' then c.week_start + 6
            when 'monthly' then last_day(c.month_start)
            when 'once' then max(d.day) over (partition by s.client_id, s.source_id)
            else d.day
        end as end_day,
        d.measured_hours, d.cause,
        coalesce(i.item_count, 0) as item_count
    from core.source as s
    inner join core.source_day as d
        on s.client_id = d.client_id and s.source_id = d.source_id
    inner join core.calendar as c on d.client_id = c.client_id and d.day = c.day
    left join item as i
        on d.client_id = i.client_id and d.source_id = i.source_id and d.day = i.day
    where d.cause is distinct from 'before_first'
)

select
    client_id, source_id, expected, start_day, end_day,
    sum(measured_hours) as measured_hours,
    sum(item_count)::bigint as item_count,
    minimum_rows,
    bool_and(cause is not null) as is_missing,
    minimum_rows > 0 and sum(measured_hours) > 0 and sum(item_count) < minimum_rows as is_short
from period
group by client_id, source_id, expected, minimum_rows, start_day, end_day
