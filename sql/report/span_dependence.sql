-- How much of the items by others comes from one network, or through one source, in the reported and the
-- previous span. The metric's formula over the whole span: the mean of its days would be another number.
-- Parameters: see span_volume.sql.
with volume as (
    select s.name, v.network, v.source_id, sum(v.item_count)::bigint as item_count
    from report_span as s
    inner join metric.mention_volume as v
        on v.client_id = getvariable('client_id') and v.brand_id = getvariable('brand_id')
        and v.day between s.start_day and s.end_day
    where s.name in ('reported', 'previous') and v.item_count > 0
    group by s.name, v.network, v.source_id
),

by_network as (
    select name, network, sum(item_count)::bigint as item_count
    from volume
    group by name, network
),

by_source as (
    select name, source_id, sum(item_count)::bigint as item_count
    from volume
    group by name, source_id
),

source as (
    select name, count(*) as source_count, herfindahl(list(item_count)) as source_herfindahl
    from by_source
    group by name
)

select
    n.name,
    sum(n.item_count)::bigint as item_count,
    count(*) as network_count,
    herfindahl(list(n.item_count)) as network_herfindahl,
    arg_max(n.network, (n.item_count, n.network)) as top_network,
    max(n.item_count)::bigint as top_network_count,
    any_value(s.source_count) as source_count,
    any_value(s.source_herfindahl) as source_herfindahl
from by_network as n
inner join source as s on n.name = s.name
group by n.name
order by n.name
