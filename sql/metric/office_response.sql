-- How long each inbound message waits in the client's office hours (card: office_response.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/office_response.sql
-- No row where the client's calendar has no office hours in the nine days that an answer is looked for.
with message as (
    select r.client_id, r.day, r.brand_id, r.item_id, r.received_at, r.first_response_at, r.censored_at
    from metric.response as r
    semi join scope_day as s on r.client_id = s.client_id and r.day = s.day
    where r.day between getvariable('from_day') and getvariable('to_day')
),

open_day as (
    select client_id, day, opens_at, closes_at
    from core.calendar
    where
        day between getvariable('from_day') and getvariable('to_day') + 8
        and opens_at is not null
)

select
    r.client_id, r.day, r.brand_id, r.item_id,
    bool_or(r.received_at >= o.opens_at and r.received_at < o.closes_at) as is_received_in_office_hours,
    r.first_response_at is not null as is_answered,
    case when r.first_response_at is not null
        then cast(sum(greatest(0, datesub(
            'second', greatest(r.received_at, o.opens_at), least(r.first_response_at, o.closes_at)
        ))) / 60 as decimal(14, 2))
    end as office_response_minutes,
    cast(sum(greatest(0, datesub(
        'second', greatest(r.received_at, o.opens_at),
        least(coalesce(r.first_response_at, r.censored_at), o.closes_at)
    ))) / 60 as decimal(14, 2)) as observed_office_minutes
from message as r
cross join range(9) as step (n)
inner join open_day as o on r.client_id = o.client_id and r.day + cast(step.n as integer) = o.day
group by
    r.client_id, r.day, r.brand_id, r.item_id, r.received_at, r.first_response_at, r.censored_at
order by r.day, r.client_id, r.brand_id, r.item_id;
