-- How long each source had been silent on each day, and how long it used to be: days measured whole that
-- gave no item.
--   from source_silence(date '2026-05-25', date '2026-05-31') where is_silent;
-- silent_days: such days since the last item, this one included. longest_silence: the most in a row in the
-- eight weeks before that item. A silence is unusual from its second day on, when it is more than twice the
-- longest one, and only if the source gave items on at least eight days of those weeks. After eight weeks
-- it is the source's way, and told no more. A day that was not measured says nothing: it has its own state.
create or replace macro source_silence(first_day, final_day) as table
with whole as (
    select client_id, source_id, day
    from coverage_by_source(first_day - 113, final_day)
    group by client_id, source_id, day
    having bool_and(state in ('ok', 'ok_empty'))
),

heard as (
    select distinct client_id, source_id, day
    from core.item
    where day between first_day - 113 and final_day
),

-- A run starts with a day that gave items, measured whole or not.
day_known as (
    select
        coalesce(w.client_id, h.client_id) as client_id,
        coalesce(w.source_id, h.source_id) as source_id,
        coalesce(w.day, h.day) as day,
        h.day is not null as is_heard
    from whole as w
    full join heard as h on w.client_id = h.client_id and w.source_id = h.source_id and w.day = h.day
),

numbered as (
    select *, count(*) filter (where is_heard) over (partition by client_id, source_id order by day) as run
    from day_known
),

run as (
    select client_id, source_id, run, min(day) as heard_day, count(*) - 1 as silent_days
    from numbered
    where run > 0
    group by client_id, source_id, run
),

usual as (
    select
        client_id, source_id, run, heard_day,
        count(*) over eight_weeks as heard_day_count,
        max(silent_days) over eight_weeks as longest_silence
    from run
    window eight_weeks as (
        partition by client_id, source_id order by heard_day
        range between interval 56 days preceding and interval 1 day preceding
    )
),

silent as (
    select
        n.client_id, n.source_id, n.day, u.heard_day as last_item_day,
        row_number() over (partition by n.client_id, n.source_id, n.run order by n.day) - 1 as silent_days,
        u.longest_silence, u.heard_day_count
    from numbered as n
    inner join usual as u on n.client_id = u.client_id and n.source_id = u.source_id and n.run = u.run
)

select
    client_id, source_id, day, last_item_day, silent_days, longest_silence,
    silent_days >= 2 and silent_days > 2 * longest_silence and heard_day_count >= 8 as is_silent
from silent
where silent_days > 0 and day between first_day and final_day and day - last_item_day <= 56
