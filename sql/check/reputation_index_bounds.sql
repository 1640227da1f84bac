-- severity: fail
-- message: a reputation index lies outside its own components
select client_id, day, brand_id, reputation_index
from metric.reputation_index
semi join scope_day using (client_id, day)
where
    day between getvariable('from_day') and getvariable('to_day')
    and (
        reputation_index < least(net_sentiment_score, positive_voice_score, review_score, response_score)
        or reputation_index > greatest(net_sentiment_score, positive_voice_score, review_score, response_score)
    );
