-- By which names, exclusions and competitors the items of the compared spans were matched: of each source
-- the batches that its items come from, or those that watched where it has no item. One value a part is
-- what can be compared; batches staged before the values were kept say nothing.
-- Parameters: see span_volume.sql.
with item_batch as (
    select distinct s.name, i.source_id, i.batch_id
    from report_span as s
    inner join core.item as i
        on i.client_id = getvariable('client_id') and i.day between s.start_day and s.end_day
    where s.name in ('reported', 'previous', 'last_year')
),

watch_batch as (
    select distinct s.name, g.source_id, g.batch_id
    from report_span as s
    inner join ops.coverage as g
        on g.client_id = getvariable('client_id') and g.start_at < s.end_at and g.end_at > s.start_at
        and g.state in ('ok', 'ok_empty', 'partial')
    anti join item_batch as i on s.name = i.name and g.source_id = i.source_id
    where s.name in ('reported', 'previous', 'last_year')
)

select
    r.name,
    list(distinct b.query_hash order by b.query_hash) filter (where b.query_hash is not null) as query_hashes,
    list(distinct b.exclusion_hash order by b.exclusion_hash)
        filter (where b.exclusion_hash is not null) as exclusion_hashes,
    list(distinct b.competitor_hash order by b.competitor_hash)
        filter (where b.competitor_hash is not null) as competitor_hashes
from (from item_batch union all from watch_batch) as r
inner join ops.batch as b on r.batch_id = b.batch_id
group by r.name
order by r.name
