-- Share of a day's first posts of topics that another person answered within a week (card: reply_coverage.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/reply_coverage.sql
with counted as (
    select
        client_id, day, brand_id,
        count(*) as topic_count,
        count(*) filter (where is_answered) as answered_count,
        count(*) filter (where is_answered_by_brand) as answered_by_brand_count,
        bool_and(is_settled) as is_settled
    from metric.topic
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
)

select
    c.client_id, c.day, c.brand_id, c.topic_count, c.answered_count,
    c.topic_count - c.answered_count as waiting_count,
    c.answered_by_brand_count,
    cast(100 * c.answered_count / c.topic_count as decimal(5, 2)) as reply_coverage_pct,
    wilson_low(c.answered_count, c.topic_count) as low_pct,
    wilson_high(c.answered_count, c.topic_count) as high_pct,
    c.is_settled,
    case when m.state = 'ok' then 'ok' else 'partial' end as coverage
from counted as c
left join (
    select client_id, day, brand_id, state
    from coverage_day(getvariable('from_day'), getvariable('to_day'))
) as m using (client_id, day, brand_id)
order by c.day, c.client_id, c.brand_id;
