-- Items about a brand by kind of media: paid, owned, earned, shared (card: media_type.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/media_type.sql
with typed as (
    select
        client_id, day, brand_id,
        media_type(is_paid, is_own_voice or is_own_site, channel, kind) as media_type
    from core.mention_current
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
),

counted as (
    select
        client_id, day, brand_id,
        count(media_type) as item_count,
        count(*) filter (where media_type = 'paid') as paid_count,
        count(*) filter (where media_type = 'earned') as earned_count,
        count(*) filter (where media_type = 'shared') as shared_count,
        count(*) filter (where media_type = 'owned') as owned_count,
        count(*) filter (where media_type is null) as untyped_count
    from typed
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
    coalesce(c.paid_count, 0) as paid_count,
    coalesce(c.earned_count, 0) as earned_count,
    coalesce(c.shared_count, 0) as shared_count,
    coalesce(c.owned_count, 0) as owned_count,
    coalesce(c.untyped_count, 0) as untyped_count,
    cast(100 * c.paid_count / nullif(c.item_count, 0) as decimal(5, 2)) as paid_pct,
    cast(100 * c.earned_count / nullif(c.item_count, 0) as decimal(5, 2)) as earned_pct,
    cast(100 * c.shared_count / nullif(c.item_count, 0) as decimal(5, 2)) as shared_pct,
    cast(100 * c.owned_count / nullif(c.item_count, 0) as decimal(5, 2)) as owned_pct,
    case when m.state = 'ok' then 'ok' else 'partial' end as coverage
from measured as m
full join counted as c using (client_id, day, brand_id)
order by day, client_id, brand_id;
