-- severity: fail
-- message: metrics of the same items do not count them alike
with counted as (
    select 'engagement' as metric, client_id, day, brand_id, sum(item_count) as item_count
    from metric.engagement
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
    union all
    select 'potential_reach', client_id, day, brand_id, item_count
    from metric.potential_reach
    where day between getvariable('from_day') and getvariable('to_day')
    union all
    select 'share_of_voice', client_id, day, brand_id, item_count
    from metric.share_of_voice
    where day between getvariable('from_day') and getvariable('to_day')
),

held as (
    select
        client_id, day, brand_id,
        sum(item_count) as item_count,
        sum(positive_count + neutral_count + negative_count) as scored_count
    from metric.mention_volume
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
)

select c.metric, h.client_id, h.day, h.brand_id, c.item_count, h.item_count as volume_count
from held as h
inner join counted as c using (client_id, day, brand_id)
where c.item_count <> h.item_count
union all
select 'net_sentiment', h.client_id, h.day, h.brand_id, n.scored_count, h.scored_count
from held as h
left join metric.net_sentiment as n
    on h.client_id = n.client_id and h.day = n.day and h.brand_id = n.brand_id
where n.scored_count is distinct from h.scored_count
order by metric, client_id, day, brand_id;
