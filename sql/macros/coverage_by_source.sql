-- One row for a source and a brand on each local day that a coverage interval touches: how much of
-- that day the source measured for the brand, best evidence first.
--   from coverage_by_source(date '2015-02-16', date '2015-02-22') where client_id = 'united';
-- An hour that failed and was collected again later is measured: the better interval wins.
create or replace macro coverage_by_source(first_day, final_day) as table
with piece as (
    select
        *,
        coalesce(list_position(
            ['ok', 'ok_empty', 'partial', 'throttled', 'source_down', 'auth_failed',
                'not_configured', 'not_asked'], state
        ), 9) as evidence
    from coverage_piece(first_day, final_day)
),

-- Length that each interval adds to those that start before it: their sum is the union's length.
added as (
    select
        *,
        greatest(0, epoch_us(end_at) - epoch_us(greatest(start_at, max(end_at) filter (where evidence <= 2) over earlier))) as full_us,
        greatest(0, epoch_us(end_at) - epoch_us(greatest(start_at, max(end_at) filter (where evidence <= 3) over earlier))) as measured_us,
        greatest(0, epoch_us(end_at) - epoch_us(greatest(start_at, max(end_at) filter (where evidence <= 6) over earlier))) as asked_us
    from piece
    window earlier as (
        partition by client_id, day, brand_id, source_id
        order by start_at, end_at, evidence
        rows between unbounded preceding and 1 preceding
    )
),

summed as (
    select
        client_id, day, brand_id, source_id, any_value(day_us) as day_us,
        min(evidence) as best,
        arg_min(state, evidence) as best_state,
        coalesce(sum(full_us) filter (where evidence <= 2), 0) as full_us,
        coalesce(sum(measured_us) filter (where evidence <= 3), 0) as measured_us,
        coalesce(sum(asked_us) filter (where evidence <= 6), 0) as asked_us
    from added
    group by client_id, day, brand_id, source_id
)

select
    client_id, day, brand_id, source_id,
    case
        when full_us >= day_us then best_state
        when measured_us > 0 then 'partial'
        when best > 3 then best_state
        else 'not_asked'
    end as state,
    cast(measured_us / 3600000000 as decimal(5, 2)) as measured_hours,
    cast(day_us / 3600000000 as decimal(5, 2)) as day_hours,
    asked_us > full_us as has_gap
from summed
