-- One row for each brand and local day of these days: was it measured?
--   from coverage_day(date '2015-02-16', date '2015-02-22') where client_id = 'united';
-- state: ok (measured all day, and no source that was asked failed), partial, not_measured.
-- measured_hours: hours that at least one source measured (overlaps counted once), of day_hours,
-- which is 23 or 25 when the clocks change.
-- A source that failed makes the day partial even when another one measured all of it: the counts
-- are "at least this much" (docs/decisions/0021).
create or replace macro coverage_day(first_day, final_day) as table
with piece as (
    select *, state in ('ok', 'ok_empty') as is_full
    from coverage_piece(first_day, final_day)
    where state in ('ok', 'ok_empty', 'partial')
),

added as (
    select
        *,
        greatest(0, epoch_us(end_at) - epoch_us(greatest(start_at, max(end_at) filter (where is_full) over earlier))) as full_us,
        greatest(0, epoch_us(end_at) - epoch_us(greatest(start_at, max(end_at) over earlier))) as measured_us
    from piece
    window earlier as (
        partition by client_id, day, brand_id
        order by start_at, end_at, is_full
        rows between unbounded preceding and 1 preceding
    )
),

measured as (
    select
        client_id, day, brand_id,
        coalesce(sum(full_us) filter (where is_full), 0) as full_us,
        sum(measured_us) as measured_us
    from added
    group by client_id, day, brand_id
),

source as (
    select
        client_id, day, brand_id,
        count(*) filter (where measured_hours > 0) as source_count,
        count(*) filter (where has_gap) as gap_source_count
    from coverage_by_source(first_day, final_day)
    group by client_id, day, brand_id
)

select
    d.client_id, d.day, b.brand_id,
    case
        when coalesce(m.measured_us, 0) = 0 then 'not_measured'
        when m.full_us >= epoch_us(d.end_at) - epoch_us(d.start_at) and s.gap_source_count = 0
            then 'ok'
        else 'partial'
    end as state,
    cast(coalesce(m.measured_us, 0) / 3600000000 as decimal(5, 2)) as measured_hours,
    cast((epoch_us(d.end_at) - epoch_us(d.start_at)) / 3600000000 as decimal(5, 2)) as day_hours,
    cast(
        coalesce(m.measured_us, 0) * 100 / (epoch_us(d.end_at) - epoch_us(d.start_at))
        as decimal(5, 2)
    ) as measured_pct,
    coalesce(s.source_count, 0) as source_count,
    coalesce(s.gap_source_count, 0) as gap_source_count
from core.calendar as d
inner join core.brand as b on d.client_id = b.client_id
left join measured as m
    on d.client_id = m.client_id and d.day = m.day and b.brand_id = m.brand_id
left join source as s
    on d.client_id = s.client_id and d.day = s.day and b.brand_id = s.brand_id
where d.day between first_day and final_day
