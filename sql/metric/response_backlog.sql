-- How many messages were answered on a day, beside how many came in (card: response_backlog.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/response_backlog.sql
-- An answer belongs to the day it was given; messages up to eight days older may get one.
with message as (
    select
        r.client_id, r.day, r.brand_id,
        cast(timezone(c.timezone, timezone('UTC', r.first_response_at)) as date) as answered_day
    from metric.response as r
    inner join core.client as c on r.client_id = c.client_id
    where r.day between getvariable('from_day') - 8 and getvariable('to_day')
),

event as (
    select client_id, day, brand_id, 1 as received_count, 0 as answered_count
    from message
    union all
    select client_id, answered_day, brand_id, 0, 1
    from message
    where answered_day is not null
),

counted as (
    select
        client_id, day, brand_id,
        cast(sum(received_count) as bigint) as received_count,
        cast(sum(answered_count) as bigint) as answered_count
    from event
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
),

measured as (
    select client_id, day, brand_id, state
    from coverage_day(getvariable('from_day'), getvariable('to_day'))
    semi join scope_day using (client_id, day)
    where state <> 'not_measured'
)

select
    client_id, day, brand_id,
    coalesce(c.received_count, 0) as received_count,
    coalesce(c.answered_count, 0) as answered_count,
    cast(100 * c.answered_count / nullif(c.received_count, 0) as decimal(14, 2)) as backlog_index_pct,
    case when m.state = 'ok' then 'ok' else 'partial' end as coverage
from measured as m
full join counted as c using (client_id, day, brand_id)
order by day, client_id, brand_id;
