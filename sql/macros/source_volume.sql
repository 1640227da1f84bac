-- How many items each source gave on each day that it measured whole, and how few would be unusual.
--   from source_volume(date '2026-05-25', date '2026-05-31') where is_low;
-- Compared with the same weekday of the eight weeks before, of which at least four must have been measured
-- whole. low_count is the median less three deviations, rounded up: the deviation is 1.4826 × the median
-- absolute deviation, as of a normal distribution, or the square root of the median where that is more, as
-- of independent arrivals. So a source with fewer than ten items a day is never low by a single day.
-- Holidays are neither judged nor compared with. More than usual is news, not a fault, and not told here.
-- Items are counted as they came: excluded ones and copies included.
create or replace macro source_volume(first_day, final_day) as table
with whole as (
    select c.client_id, c.source_id, c.day
    from coverage_by_source(first_day - 56, final_day) as c
    inner join core.calendar as d on c.client_id = d.client_id and c.day = d.day
    where d.day between first_day - 56 and final_day and d.is_holiday is distinct from true
    group by c.client_id, c.source_id, c.day
    having bool_and(c.state in ('ok', 'ok_empty'))
),

counted as (
    select w.client_id, w.source_id, w.day, coalesce(i.item_count, 0) as item_count
    from whole as w
    left join (
        select client_id, source_id, day, count(*) as item_count
        from core.item
        where day between first_day - 56 and final_day
        group by client_id, source_id, day
    ) as i on w.client_id = i.client_id and w.source_id = i.source_id and w.day = i.day
),

usual as (
    select
        n.client_id, n.source_id, n.day,
        count(*) as compared_day_count,
        median(b.item_count) as median_count,
        greatest(1.4826 * mad(b.item_count), sqrt(median(b.item_count))) as deviation
    from (
        select client_id, source_id, day, day - 7 * unnest(range(1, 9))::integer as earlier_day
        from counted
        where day between first_day and final_day
    ) as n
    inner join counted as b
        on n.client_id = b.client_id and n.source_id = b.source_id and n.earlier_day = b.day
    group by n.client_id, n.source_id, n.day
)

select
    c.client_id, c.source_id, c.day, c.item_count,
    coalesce(u.compared_day_count, 0) as compared_day_count,
    cast(case when u.compared_day_count >= 4 then u.median_count end as decimal(18, 1)) as median_count,
    cast(case
        when u.compared_day_count >= 4
            then greatest(0, ceil(round(u.median_count - 3 * u.deviation, 6)))
    end as bigint) as low_count,
    coalesce(
        u.compared_day_count >= 4
        and c.item_count < greatest(0, ceil(round(u.median_count - 3 * u.deviation, 6))),
        false
    ) as is_low
from counted as c
left join usual as u
    on c.client_id = u.client_id and c.source_id = u.source_id and c.day = u.day
where c.day between first_day and final_day
