-- A component of the reputation index, put on 0 to 100: net sentiment comes in -100 to 100, a rating in 1 to
-- 5 stars, shares and rates in percent.
--   select reputation_score('net_sentiment', 20), reputation_score('review_score', 4);  -- 60, 75
create or replace macro reputation_score(component, value) as
    cast(case component
        when 'net_sentiment' then (value + 100) / 2
        when 'review_score' then (value - 1) * 25
        else value
    end as decimal(5, 2))
