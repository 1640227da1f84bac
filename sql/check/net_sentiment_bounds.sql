-- severity: fail
-- message: a net sentiment is impossible for its counts
select client_id, day, brand_id, positive_count, negative_count, scored_count, net_sentiment
from metric.net_sentiment
semi join scope_day using (client_id, day)
where
    day between getvariable('from_day') and getvariable('to_day')
    and (
        net_sentiment not between -100 and 100
        or (net_sentiment is null) <> (scored_count = 0)
        or sign(net_sentiment) * sign(positive_count - negative_count) < 0
    )
order by client_id, day, brand_id;
