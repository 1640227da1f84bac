-- severity: fail
-- message: likes, shares and replies do not add up to the engagements
select client_id, day, brand_id, network, like_count, repost_count, reply_count, engagement_count
from metric.engagement
semi join scope_day using (client_id, day)
where
    day between getvariable('from_day') and getvariable('to_day')
    and coalesce(like_count, 0) + coalesce(repost_count, 0) + coalesce(reply_count, 0)
    <> coalesce(engagement_count, 0)
order by client_id, day, brand_id, network;
