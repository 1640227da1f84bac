-- severity: fail
-- message: a share leaves 0-100
with share as (
    select 'mention_volume.measured_pct' as place, client_id, day, brand_id, measured_pct as pct from metric.mention_volume
    union all
    select 'net_sentiment.measured_pct', client_id, day, brand_id, measured_pct from metric.net_sentiment
    union all
    select 'potential_reach.measured_pct', client_id, day, brand_id, measured_pct from metric.potential_reach
    union all
    select 'response_rate.response_rate_pct', client_id, day, brand_id, response_rate_pct from metric.response_rate
    union all
    select 'response_rate.low_pct', client_id, day, brand_id, low_pct from metric.response_rate
    union all
    select 'response_rate.high_pct', client_id, day, brand_id, high_pct from metric.response_rate
    union all
    select 'positivity.positivity_pct', client_id, day, brand_id, positivity_pct from metric.positivity
)

select place, client_id, day, brand_id, pct
from share
semi join scope_day using (client_id, day)
where day between getvariable('from_day') and getvariable('to_day') and pct not between 0 and 100
order by place, client_id, day, brand_id;
