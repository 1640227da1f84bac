-- Share of a day's inbound messages that the brand answered within a week (card: response_rate.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/response_rate.sql
with counted as (
    select
        client_id, day, brand_id,
        count(*) as inbound_count,
        count(*) filter (where is_answered) as answered_count,
        bool_and(is_settled) as is_settled
    from metric.response
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
    coalesce(c.inbound_count, 0) as inbound_count,
    coalesce(c.answered_count, 0) as answered_count,
    coalesce(c.inbound_count - c.answered_count, 0) as waiting_count,
    cast(100 * c.answered_count / c.inbound_count as decimal(5, 2)) as response_rate_pct,
    wilson_low(c.answered_count, c.inbound_count) as low_pct,
    wilson_high(c.answered_count, c.inbound_count) as high_pct,
    coalesce(c.is_settled, true) as is_settled,
    case when m.state = 'ok' then 'ok' else 'partial' end as coverage
from measured as m
full join counted as c using (client_id, day, brand_id)
order by day, client_id, brand_id;
