-- The ordinary day and hour: of the days measured from end to end in the twelve periods before the
-- reported one, how many there are, their median volume, and the volume that 19 hours of 20 do not
-- pass. Parameters: see span_volume.sql.
with day as (
    select c.day, coalesce(sum(v.item_count), 0)::bigint as item_count
    from report_span as s
    inner join core.coverage_day as c
        on c.client_id = getvariable('client_id') and c.brand_id = getvariable('brand_id')
        and c.day between s.start_day and s.end_day
    left join metric.mention_volume as v
        on c.client_id = v.client_id and c.brand_id = v.brand_id and c.day = v.day
    where s.name like 'history_%' and s.name <> 'history_12' and c.state = 'ok'
    group by c.day
),

hour as (
    select d.day, n.hour, coalesce(h.item_count, 0) as item_count
    from day as d
    cross join range(24) as n (hour)
    left join metric.mention_volume_hour as h
        on h.client_id = getvariable('client_id') and h.brand_id = getvariable('brand_id')
        and h.day = d.day and h.hour_local = n.hour
)

select
    (select count(*) from day) as day_count,
    (select median(item_count) from day) as median_count,
    (select quantile_disc(item_count, 0.95) from hour) as busy_hour_count
