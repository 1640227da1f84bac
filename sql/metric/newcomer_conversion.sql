-- Share of a week's or month's newcomers who write again within 30 days (card: newcomer_conversion.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/newcomer_conversion.sql
-- A row is about the week or month whose first day is in scope_day; the month's days reach 30 days past it.
-- Only newcomers whose 30 days are over are in the share: of the others, those who came back soon are known and
-- those who will not are not, and the share would look too good.
with period as (
    select p.client_id, p.period, p.period_start, p.day
    from core.period_day as p
    semi join scope_day as s on p.client_id = s.client_id and p.period_start = s.day
    where p.day between getvariable('from_day') and getvariable('to_day') + 30
),

cohort as (
    select
        p.client_id, p.period, p.period_start, n.brand_id,
        count(*) as newcomer_count,
        count(*) filter (where n.is_due) as due_count,
        count(*) filter (where n.is_due and n.next_post_at is not null) as converted_count,
        count(*) filter (where n.is_due and n.next_day_post_at is not null) as other_day_count
    from period as p
    inner join metric.newcomer_return as n on p.client_id = n.client_id and p.day = n.day
    where n.day between getvariable('from_day') and getvariable('to_day') + 30
    group by p.client_id, p.period, p.period_start, n.brand_id
),

measured as (
    select client_id, period, day as period_start, brand_id, is_over, coverage
    from metric.period_coverage
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
)

select
    client_id, period_start as day, period, brand_id,
    newcomer_count, due_count, converted_count, other_day_count,
    cast(100 * converted_count / nullif(due_count, 0) as decimal(5, 2)) as conversion_pct,
    wilson_low(converted_count, due_count) as low_pct,
    wilson_high(converted_count, due_count) as high_pct,
    due_count = newcomer_count and coalesce(m.is_over, false) as is_settled,
    case when m.coverage = 'ok' then 'ok' else 'partial' end as coverage
from cohort
left join measured as m using (client_id, period, period_start, brand_id)
order by day, client_id, period, brand_id;
