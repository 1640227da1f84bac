-- Stretches of a metric's days, over all clients: first day, last day. Days at most $gap_days apart share
-- one; with 1 a stretch is contiguous.
select min(day) as from_day, max(day) as to_day
from (
    select day, sum(starts) over (order by day) as stretch
    from (
        select day, coalesce(day - lag(day) over (order by day) > $gap_days, true)::integer as starts
        from (select distinct day from run_day where metric = $metric)
    )
)
group by stretch
order by from_day
