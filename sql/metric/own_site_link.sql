-- How many of the items by others link to the brand's own site (card: own_site_link.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/own_site_link.sql
with counted as (
    select
        client_id, day, brand_id,
        count(*) as item_count,
        count(link_count) as read_count,
        count(*) filter (where link_count > 0) as link_item_count,
        count(*) filter (where has_own_link) as own_link_count
    from core.mention_current
    semi join scope_day using (client_id, day)
    where
        day between getvariable('from_day') and getvariable('to_day')
        and not is_own_voice and not is_own_site
    group by client_id, day, brand_id
),

measured as (
    select client_id, day, brand_id, state
    from coverage_day(getvariable('from_day'), getvariable('to_day'))
    semi join scope_day using (client_id, day)
    where state <> 'not_measured'
)

select
    client_id, day, brand_id,
    coalesce(c.item_count, 0) as item_count,
    coalesce(c.read_count, 0) as read_count,
    coalesce(c.link_item_count, 0) as link_item_count,
    coalesce(c.own_link_count, 0) as own_link_count,
    cast(100 * c.own_link_count / nullif(c.read_count, 0) as decimal(5, 2)) as own_link_pct,
    case when m.state = 'ok' then 'ok' else 'partial' end as coverage
from measured as m
full join counted as c using (client_id, day, brand_id)
order by day, client_id, brand_id;
