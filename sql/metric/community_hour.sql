-- Members' posts by local hour and weekday (card: community_hour.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/community_hour.sql
-- An hour without posts has no row: add the hours of days with coverage to see which were silent.
with counted as (
    select client_id, day, brand_id, hour_local, count(*) as post_count
    from core.mention_current
    semi join scope_day using (client_id, day)
    where
        day between getvariable('from_day') and getvariable('to_day')
        and channel = 'community' and not is_own_voice and hour_local is not null
    group by client_id, day, brand_id, hour_local
)

select
    c.client_id, c.day, c.brand_id, c.hour_local,
    cast(isodow(c.day) as smallint) as weekday_local,
    c.post_count,
    case when m.state = 'ok' then 'ok' else 'partial' end as coverage
from counted as c
left join (
    select client_id, day, brand_id, state
    from coverage_day(getvariable('from_day'), getvariable('to_day'))
) as m using (client_id, day, brand_id)
order by c.day, c.client_id, c.brand_id, c.hour_local;
