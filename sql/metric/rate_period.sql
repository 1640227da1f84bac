-- Rates of a week or month, with their margins (card: rate_period.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/rate_period.sql
-- A row is about the week or month whose first day is in scope_day; the month's days reach 30 days past it.
-- Counts add up over days; rates and margins do not. A period without a single case has no row.
with daily as (
    select client_id, day, brand_id, 'response_rate' as rate, answered_count as hit_count, inbound_count as case_count, is_settled
    from metric.response_rate
    where day between getvariable('from_day') and getvariable('to_day') + 30
    union all
    select client_id, day, brand_id, 'reply_coverage', answered_count, topic_count, is_settled
    from metric.reply_coverage
    where day between getvariable('from_day') and getvariable('to_day') + 30
    union all
    select client_id, day, brand_id, 'welcome_rate', welcomed_count, newcomer_count, is_settled
    from metric.welcome_rate
    where day between getvariable('from_day') and getvariable('to_day') + 30
    union all
    select client_id, day, brand_id, 'thank_rate', thanks_count, read_count, true
    from metric.thank_rate
    where day between getvariable('from_day') and getvariable('to_day') + 30
    union all
    select client_id, day, brand_id, 'positivity', positive_count, sided_count, true
    from metric.positivity
    where day between getvariable('from_day') and getvariable('to_day') + 30
),

summed as (
    select
        p.client_id, p.period, p.period_start, d.brand_id, d.rate,
        cast(sum(d.hit_count) as bigint) as hit_count,
        cast(sum(d.case_count) as bigint) as case_count,
        bool_and(d.is_settled) as is_settled
    from core.period_day as p
    semi join scope_day as s on p.client_id = s.client_id and p.period_start = s.day
    inner join daily as d on p.client_id = d.client_id and p.day = d.day
    where
        p.day between getvariable('from_day') and getvariable('to_day') + 30
        and d.case_count > 0
    group by p.client_id, p.period, p.period_start, d.brand_id, d.rate
),

measured as (
    select client_id, period, day as period_start, brand_id, is_over, coverage
    from metric.period_coverage
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
)

select
    client_id, period_start as day, period, brand_id, rate, hit_count, case_count,
    cast(100 * hit_count / case_count as decimal(5, 2)) as rate_pct,
    wilson_low(hit_count, case_count) as low_pct,
    wilson_high(hit_count, case_count) as high_pct,
    is_settled and coalesce(m.is_over, false) as is_settled,
    case when m.coverage = 'ok' then 'ok' else 'partial' end as coverage
from summed
left join measured as m using (client_id, period, period_start, brand_id)
order by day, client_id, period, brand_id, rate;
