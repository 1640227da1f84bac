-- Items that name a brand, by local day and hour of the day (card: mention_volume_hour.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/mention_volume_hour.sql
-- When the clocks change, an hour of the day is missing, or lasts two hours.
with counted as (
    select
        client_id, day, brand_id, hour_local,
        count(*) as item_count,
        count(*) filter (where sentiment = 'negative') as negative_count
    from core.mention_current
    semi join scope_day using (client_id, day)
    where
        day between getvariable('from_day') and getvariable('to_day')
        and not is_own_voice and hour_local is not null
    group by client_id, day, brand_id, hour_local
),

measured as (
    select client_id, day, brand_id, state, measured_hours = day_hours as is_whole
    from coverage_day(getvariable('from_day'), getvariable('to_day'))
    semi join scope_day using (client_id, day)
    where state <> 'not_measured'
),

clock as (
    select distinct
        d.client_id, d.day,
        cast(extract(hour from timezone(c.timezone, timezone('UTC', d.start_at + to_hours(step.n)))) as smallint) as hour_local
    from core.calendar as d
    inner join core.client as c using (client_id)
    cross join range(25) as step (n)
    where
        d.day between getvariable('from_day') and getvariable('to_day')
        and d.start_at + to_hours(step.n) < d.end_at
),

-- Zero is said of days measured from end to end: of others it is not known which hours were missed.
silent as (
    select m.client_id, m.day, m.brand_id, k.hour_local
    from measured as m
    inner join clock as k using (client_id, day)
    anti join counted as c
        on m.client_id = c.client_id and m.day = c.day
        and m.brand_id = c.brand_id and k.hour_local = c.hour_local
    where m.is_whole
)

select
    r.client_id, r.day, r.brand_id, r.hour_local,
    coalesce(r.item_count, 0) as item_count,
    coalesce(r.negative_count, 0) as negative_count,
    case when m.state = 'ok' then 'ok' else 'partial' end as coverage
from (from counted union all by name from silent) as r
left join measured as m using (client_id, day, brand_id)
order by r.day, r.client_id, r.brand_id, r.hour_local;
