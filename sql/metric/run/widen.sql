-- Adds the days of one metric: a row of day D reads days D - days_before to D + days_after, so a day
-- that was touched, or rewritten in a metric it reads, rewrites its neighbours the other way round.
-- Days outside the calendar hold nothing; days that were asked for are kept in any case.
insert into run_day
with origin as (
    select distinct client_id, day from run_day where list_contains($upstream, metric)
),

neighbour as (
    select o.client_id, o.day + cast(step.n as integer) as day
    from origin as o
    cross join range(-$days_after, $days_before + 1) as step (n)
    where step.n <> 0
)

-- A join, not `in`: its few days let DuckDB skip most of a long calendar.
select distinct $metric, client_id, day
from (
    from origin
    union all
    select n.client_id, n.day
    from neighbour as n
    inner join core.calendar as c on n.client_id = c.client_id and n.day = c.day
)
