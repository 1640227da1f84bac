-- What was said of each brand on each day, and how well the day was measured.
--   select * from report.daily where client_id = 'united' and day = date '2015-02-17';
-- A day without a row was not measured; 0 was measured.
select
    n.client_id, n.day, n.brand_id, b.brand_name, b.kind as brand_kind, v.item_count, n.positive_count,
    n.neutral_count, n.negative_count, v.unscored_count, n.net_sentiment, v.own_voice_count,
    e.engagement_count, r.unique_reach_count, s.share_pct as share_of_voice_pct, n.coverage, n.measured_pct
from metric.net_sentiment as n
inner join core.brand as b on n.client_id = b.client_id and n.brand_id = b.brand_id
inner join (
    select
        client_id, day, brand_id,
        sum(item_count)::bigint as item_count,
        sum(unscored_count)::bigint as unscored_count,
        sum(own_voice_count)::bigint as own_voice_count
    from metric.mention_volume
    group by client_id, day, brand_id
) as v on n.client_id = v.client_id and n.day = v.day and n.brand_id = v.brand_id
left join (
    select client_id, day, brand_id, sum(engagement_count)::bigint as engagement_count
    from metric.engagement
    where not stands_alone(network)
    group by client_id, day, brand_id
) as e on n.client_id = e.client_id and n.day = e.day and n.brand_id = e.brand_id
left join metric.potential_reach as r
    on n.client_id = r.client_id and n.day = r.day and n.brand_id = r.brand_id
left join metric.share_of_voice as s
    on n.client_id = s.client_id and n.day = s.day and n.brand_id = s.brand_id
