-- Expected periods that hold fewer items than their source's minimum_rows: the one that the run's day ends,
-- and every earlier one of which this publish touched a day.
-- Parameters: the client's id and the local day that the run covers.
select source_id, expected, start_day, end_day, item_count, minimum_rows
from core.source_period as p
where
    client_id = $client_id and end_day <= $day and is_short
    and (
        end_day = $day
        or exists (
            select 1
            from ops.scope as t
            where t.client_id = p.client_id and t.day between p.start_day and p.end_day
        )
    )
order by source_id, end_day
