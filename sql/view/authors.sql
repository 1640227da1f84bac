-- Who speaks of each brand: one row an author, over all days.
--   select * from report.authors where client_id = 'united' order by item_count desc limit 20;
select
    client_id, brand_id, author_key, min(network) as network,
    sum(item_count)::bigint as item_count,
    sum(positive_count)::bigint as positive_count,
    sum(negative_count)::bigint as negative_count,
    max(follower_count) as follower_count,
    sum(engagement_count)::bigint as engagement_count,
    count(*) as day_count, min(day) as first_day, max(day) as last_day
from metric.author_activity
group by client_id, brand_id, author_key
