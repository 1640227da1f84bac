-- Sources of which the last expected period that is over holds nothing, and the last day that they measured
-- (null: none). Periods before the last one were told on their own days, and every report prints them.
-- Parameters: the client's id and the local day that the run covers.
with last_period as (
    select *
    from core.source_period
    where client_id = $client_id and end_day <= $day
    qualify row_number() over (partition by source_id order by end_day desc) = 1
),

heard as (
    select source_id, max(day) as last_day
    from core.source_day
    where client_id = $client_id and measured_hours > 0
    group by source_id
)

select p.source_id, p.expected, s.kind, p.start_day, p.end_day, h.last_day
from last_period as p
inner join core.source as s on p.client_id = s.client_id and p.source_id = s.source_id
left join heard as h on p.source_id = h.source_id
where p.is_missing
order by p.source_id
