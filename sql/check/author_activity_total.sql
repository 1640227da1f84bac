-- severity: fail
-- message: authors wrote more items than the brand received
with by_author as (
    select client_id, day, brand_id, sum(item_count) as author_total
    from metric.author_activity
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
),

by_source as (
    select client_id, day, brand_id, sum(item_count) as source_total
    from metric.mention_volume
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
)

select client_id, day, brand_id, author_total, source_total
from by_author
left join by_source using (client_id, day, brand_id)
where author_total > coalesce(source_total, 0)
order by client_id, day, brand_id;
