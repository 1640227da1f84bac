-- The brand's share of the items that name it or a declared competitor (card: share_of_voice.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/share_of_voice.sql
-- The share is null as soon as one brand of the set was not measured that day, or over ten points less of it
-- than the best measured one: a share of the others would be larger without anybody having said more.
with voice as (
    select b.client_id, b.brand_id
    from core.brand as b
    semi join (select client_id from core.brand where kind = 'competitor') using (client_id)
    where b.kind in ('own', 'competitor')
),

volume as (
    select
        client_id, day, brand_id,
        cast(sum(item_count) as bigint) as item_count,
        any_value(coverage) as coverage,
        any_value(measured_pct) as measured_pct
    from metric.mention_volume
    semi join scope_day using (client_id, day)
    semi join voice using (client_id, brand_id)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
),

filled as (
    select
        d.client_id, d.day, e.brand_id, v.item_count,
        coalesce(v.measured_pct, 0) as measured_pct,
        coalesce(v.coverage = 'ok', false) as is_whole
    from (select distinct client_id, day from volume) as d
    inner join voice as e using (client_id)
    left join volume as v
        on d.client_id = v.client_id and d.day = v.day and e.brand_id = v.brand_id
),

summed as (
    select
        *,
        cast(sum(item_count) over one_day as bigint) as set_item_count,
        count(*) over one_day as set_brand_count,
        count(*) filter (where measured_pct = 0) over one_day as missing_brand_count,
        max(measured_pct) over one_day as best_measured_pct,
        bool_and(is_whole) over one_day as is_set_whole
    from filled
    window one_day as (partition by client_id, day)
),

compared as (
    select
        *,
        count(*) filter (where measured_pct > 0 and measured_pct < best_measured_pct - 10)
            over (partition by client_id, day) as unequal_brand_count
    from summed
)

select
    client_id, day, brand_id, item_count, set_item_count,
    case when missing_brand_count + unequal_brand_count = 0 and set_item_count > 0
        then cast(100 * item_count / set_item_count as decimal(5, 2))
    end as share_pct,
    set_brand_count, missing_brand_count, unequal_brand_count,
    case
        when missing_brand_count > 0 then 'not_measured'
        when unequal_brand_count > 0 then 'not_comparable'
        when is_set_whole then 'ok'
        else 'partial'
    end as coverage
from compared
order by day, client_id, brand_id;
