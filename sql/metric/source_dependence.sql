-- How much of what is said of a brand comes from one network, or through one source (card: source_dependence.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/source_dependence.sql
with volume as (
    select client_id, day, brand_id, network, source_id, item_count, coverage
    from metric.mention_volume
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
),

by_network as (
    select client_id, day, brand_id, network, cast(sum(item_count) as bigint) as item_count
    from volume
    where item_count > 0
    group by client_id, day, brand_id, network
),

by_source as (
    select client_id, day, brand_id, source_id, cast(sum(item_count) as bigint) as item_count
    from volume
    where item_count > 0
    group by client_id, day, brand_id, source_id
),

network as (
    select
        client_id, day, brand_id,
        count(*) as network_count,
        herfindahl(list(item_count)) as network_herfindahl,
        arg_max(network, (item_count, network)) as top_network,
        cast(100 * max(item_count) / sum(item_count) as decimal(5, 2)) as top_network_pct
    from by_network
    group by client_id, day, brand_id
),

source as (
    select
        client_id, day, brand_id,
        count(*) as source_count,
        herfindahl(list(item_count)) as source_herfindahl
    from by_source
    group by client_id, day, brand_id
),

day_total as (
    select
        client_id, day, brand_id,
        cast(sum(item_count) as bigint) as item_count,
        any_value(coverage) as coverage
    from volume
    group by client_id, day, brand_id
)

select
    client_id, day, brand_id,
    d.item_count,
    coalesce(n.network_count, 0) as network_count,
    n.network_herfindahl, n.top_network, n.top_network_pct,
    coalesce(s.source_count, 0) as source_count,
    s.source_herfindahl,
    d.coverage
from day_total as d
left join network as n using (client_id, day, brand_id)
left join source as s using (client_id, day, brand_id)
order by day, client_id, brand_id;
