-- severity: fail
-- message: a story's first item is missing, comes after its pick-up, or is older than fourteen days
-- A repost is told with its post, which may have repeated another one the week before.
select i.client_id, i.day, i.item_id, i.story_id
from core.item as i
semi join scope_day as s on i.client_id = s.client_id and i.day = s.day
left join (
    select client_id, item_id, published_at
    from core.item
    where
        day between getvariable('from_day') - 17 and getvariable('to_day')
        and is_primary and exclusion is null and withdrawn_at is null
) as f on i.client_id = f.client_id and i.story_id = f.item_id
where
    i.day between getvariable('from_day') and getvariable('to_day')
    and i.story_id <> i.item_id
    and (f.item_id is null or f.published_at not between i.published_at - to_days(14) and i.published_at)
order by i.client_id, i.day, i.item_id;
