-- severity: fail
-- message: the ranks of a day's top mentions have holes, ties or a wrong order
select client_id, day, brand_id, engagement_rank, engagement_count
from metric.top_mention
semi join scope_day using (client_id, day)
where day between getvariable('from_day') and getvariable('to_day')
window best_first as (partition by client_id, day, brand_id order by engagement_rank)
qualify
    engagement_rank <> row_number() over best_first
    or engagement_count > lag(engagement_count) over best_first
    or engagement_rank > 20
order by client_id, day, brand_id, engagement_rank;
