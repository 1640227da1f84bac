-- How long the inbound messages of a week or month wait for a first answer (card: first_response_period.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/first_response_period.sql
-- A row is about the week or month whose first day is in scope_day; the month's days reach 30 days past it.
-- Kaplan–Meier over all messages of the period, once a clock: a median of the medians of days would be none.
with period as (
    select p.client_id, p.period, p.period_start, p.day
    from core.period_day as p
    semi join scope_day as s on p.client_id = s.client_id and p.period_start = s.day
    where p.day between getvariable('from_day') and getvariable('to_day') + 30
),

message as (
    select
        p.client_id, p.period, p.period_start, r.brand_id, r.is_answered, r.is_settled,
        r.observed_minutes, r.response_minutes, o.observed_office_minutes
    from period as p
    inner join metric.response as r on p.client_id = r.client_id and p.day = r.day
    left join (
        select * from metric.office_response
        where day between getvariable('from_day') and getvariable('to_day') + 30
    ) as o
        on r.client_id = o.client_id and r.day = o.day
        and r.brand_id = o.brand_id and r.item_id = o.item_id
    where r.day between getvariable('from_day') and getvariable('to_day') + 30
),

counted as (
    select
        client_id, period, period_start, brand_id,
        count(*) as inbound_count,
        count(*) filter (where is_answered) as answered_count,
        count(observed_office_minutes) as office_inbound_count,
        sum(response_minutes) as answered_minutes_sum,
        bool_and(is_settled) as is_settled
    from message
    group by client_id, period, period_start, brand_id
),

waited as (
    select client_id, period, period_start, brand_id, 'all' as clock, observed_minutes as minutes, is_answered
    from message
    union all
    select client_id, period, period_start, brand_id, 'office', observed_office_minutes, is_answered
    from message
    where observed_office_minutes is not null
),

at_minute as (
    select
        client_id, period, period_start, brand_id, clock, minutes,
        count(*) as case_count,
        count(*) filter (where is_answered) as answered_count
    from waited
    group by client_id, period, period_start, brand_id, clock, minutes
),

open_at as (
    select
        *,
        sum(case_count) over (
            partition by client_id, period, period_start, brand_id, clock order by minutes desc
        ) as open_count
    from at_minute
),

curve as (
    select
        client_id, period, period_start, brand_id, clock, minutes,
        -- nine digits, so that products of fractions meet one half where they equal it
        round(product(1 - answered_count / open_count) over (
            partition by client_id, period, period_start, brand_id, clock order by minutes
        ), 9) as waiting_share
    from open_at
    where answered_count > 0
),

quantile as (
    select
        client_id, period, period_start, brand_id,
        min(minutes) filter (where clock = 'all' and waiting_share <= 0.5) as median_minutes,
        min(minutes) filter (where clock = 'all' and waiting_share <= 0.1) as p90_minutes,
        min(minutes) filter (where clock = 'office' and waiting_share <= 0.5) as office_median_minutes,
        min(minutes) filter (where clock = 'office' and waiting_share <= 0.1) as office_p90_minutes
    from curve
    group by client_id, period, period_start, brand_id
),

measured as (
    select client_id, period, day as period_start, brand_id, is_over, coverage
    from metric.period_coverage
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
)

select
    client_id, period_start as day, period, brand_id,
    coalesce(t.inbound_count, 0) as inbound_count,
    coalesce(t.answered_count, 0) as answered_count,
    coalesce(t.inbound_count - t.answered_count, 0) as waiting_count,
    q.median_minutes, q.p90_minutes,
    coalesce(t.office_inbound_count, 0) as office_inbound_count,
    q.office_median_minutes, q.office_p90_minutes,
    cast(t.answered_minutes_sum / nullif(t.answered_count, 0) as decimal(14, 2)) as answered_mean_minutes,
    coalesce(t.is_settled, true) and coalesce(m.is_over, false) as is_settled,
    case when m.coverage = 'ok' then 'ok' else 'partial' end as coverage
from measured as m
full join counted as t using (client_id, period, period_start, brand_id)
left join quantile as q using (client_id, period, period_start, brand_id)
order by day, client_id, period, brand_id;
