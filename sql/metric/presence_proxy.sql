-- The brand's own part of what is said and linked, in place of its part of a page of results (card: presence_proxy.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/presence_proxy.sql
with voice as (
    select
        client_id, day, brand_id,
        cast(sum(own_voice_count) as bigint) as own_voice_count,
        cast(sum(own_voice_count + item_count) as bigint) as voice_count,
        any_value(coverage) as coverage
    from metric.mention_volume
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
),

link as (
    select client_id, day, brand_id, link_item_count, own_link_count
    from metric.own_site_link
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
)

select
    client_id, day, brand_id,
    v.own_voice_count, v.voice_count,
    cast(100 * v.own_voice_count / nullif(v.voice_count, 0) as decimal(5, 2)) as own_voice_pct,
    coalesce(l.own_link_count, 0) as own_link_count,
    coalesce(l.link_item_count, 0) as link_item_count,
    cast(100 * l.own_link_count / nullif(l.link_item_count, 0) as decimal(5, 2)) as own_link_pct,
    v.coverage
from voice as v
left join link as l using (client_id, day, brand_id)
order by day, client_id, brand_id;
