-- Positive items, of those that take a side (card: positivity.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/positivity.sql
select
    client_id, day, brand_id, positive_count, negative_count,
    positive_count + negative_count as sided_count,
    cast(100 * positive_count / nullif(positive_count + negative_count, 0) as decimal(5, 2)) as positivity_pct,
    wilson_low(positive_count, positive_count + negative_count) as low_pct,
    wilson_high(positive_count, positive_count + negative_count) as high_pct,
    coverage
from metric.net_sentiment
semi join scope_day using (client_id, day)
where day between getvariable('from_day') and getvariable('to_day')
order by day, client_id, brand_id;
