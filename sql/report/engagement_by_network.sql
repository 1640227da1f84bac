-- Interactions for each follower on each network in the reported span; no total, since networks are not added.
-- Parameters: see span_volume.sql.
select
    e.network,
    sum(e.rated_count)::bigint as rated_count,
    sum(e.engagement_count)::bigint as engagement_count,
    sum(e.follower_count)::bigint as follower_count,
    sum(e.own_rated_count)::bigint as own_rated_count,
    sum(e.own_engagement_count)::bigint as own_engagement_count,
    sum(e.own_follower_count)::bigint as own_follower_count
from report_span as s
inner join metric.engagement_rate as e
    on e.client_id = getvariable('client_id') and e.brand_id = getvariable('brand_id')
    and e.day between s.start_day and s.end_day
where s.name = 'reported'
group by e.network
having sum(e.rated_count) + sum(e.own_rated_count) > 0
order by e.network
