-- How long inbound messages wait for a first answer (card: first_response_time.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/first_response_time.sql
-- Kaplan–Meier, right-censored at the cut-off of metric.response: messages still waiting count as
-- waiting, so a brand that ignores people does not look fast. km_minutes does the same for a period.
with response as (
    select *
    from metric.response
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
),

counted as (
    select
        client_id, day, brand_id,
        count(*) as inbound_count,
        count(*) filter (where is_answered) as answered_count,
        bool_and(is_settled) as is_settled
    from response
    group by client_id, day, brand_id
),

at_minute as (
    select
        client_id, day, brand_id, observed_minutes,
        count(*) as case_count,
        count(*) filter (where is_answered) as answered_count
    from response
    group by client_id, day, brand_id, observed_minutes
),

open_at as (
    select
        *,
        sum(case_count) over (
            partition by client_id, day, brand_id order by observed_minutes desc
        ) as open_count
    from at_minute
),

curve as (
    select
        client_id, day, brand_id, observed_minutes,
        -- nine digits, so that products of fractions meet one half where they equal it
        round(product(1 - answered_count / open_count) over (
            partition by client_id, day, brand_id order by observed_minutes
        ), 9) as waiting_share
    from open_at
    where answered_count > 0
),

quantile as (
    select
        client_id, day, brand_id,
        min(observed_minutes) filter (where waiting_share <= 0.5) as median_minutes,
        min(observed_minutes) filter (where waiting_share <= 0.1) as p90_minutes
    from curve
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
    q.median_minutes,
    q.p90_minutes,
    coalesce(c.is_settled, true) as is_settled,
    case when m.state = 'ok' then 'ok' else 'partial' end as coverage
from measured as m
full join counted as c using (client_id, day, brand_id)
left join quantile as q using (client_id, day, brand_id)
order by day, client_id, brand_id;
