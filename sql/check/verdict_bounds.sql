-- severity: fail
-- message: a verdict is none of positive, neutral, negative, or its polarity or confidence is impossible
select client_id, day, mention_id, model, sentiment, polarity, confidence
from core.verdict
semi join scope_day using (client_id, day)
where
    day between getvariable('from_day') and getvariable('to_day')
    and (
        (sentiment in ('positive', 'neutral', 'negative')) is distinct from true
        or polarity not between -1 and 1
        or confidence not between 0 and 1
    )
order by client_id, day, mention_id, model;
