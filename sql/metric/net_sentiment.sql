-- Positive minus negative, over the items that were scored (card: net_sentiment.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/net_sentiment.sql
with summed as (
    select
        client_id, day, brand_id,
        cast(sum(positive_count) as bigint) as positive_count,
        cast(sum(neutral_count) as bigint) as neutral_count,
        cast(sum(negative_count) as bigint) as negative_count,
        any_value(coverage) as coverage,
        any_value(measured_pct) as measured_pct
    from metric.mention_volume
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
)

select
    client_id, day, brand_id, positive_count, neutral_count, negative_count,
    positive_count + neutral_count + negative_count as scored_count,
    case when positive_count + neutral_count + negative_count > 0
        then cast(
            100 * (positive_count - negative_count)
            / (positive_count + neutral_count + negative_count) as decimal(5, 2)
        )
    end as net_sentiment,
    coverage, measured_pct
from summed
order by day, client_id, brand_id;
