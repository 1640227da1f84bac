-- One row for each mention whose sentiment a person corrected or confirmed, beside the current verdict on
-- it: how often a model agrees with people on the client's own data.
--   select model, language, count(*), avg(is_agreed::int) from core.sentiment_checked group by all;
-- People choose what they look at: these mentions are no random sample.
select
    m.client_id, m.day, m.brand_id, m.mention_id, m.language,
    v.model, v.model_version, v.sentiment as model_sentiment, m.sentiment as person_sentiment,
    v.sentiment = m.sentiment as is_agreed
from core.mention_current as m
inner join core.verdict as v
    on m.client_id = v.client_id and m.day = v.day and m.mention_id = v.mention_id and v.is_current
where m.model = 'person'
