-- Contiguous stretches of a metric's days, over all clients: first day, last day.
select min(day) as from_day, max(day) as to_day
from (
    select day, day - cast(row_number() over (order by day) as integer) as island
    from (select distinct day from run_day where metric = $metric)
)
group by island
order by from_day
