-- severity: fail
-- message: one post counts twice: several of its copies are primary
-- A weak identity (author, minute and words) may stand for several items of one source, never of two.
select client_id, original_id, count(*) as primary_count, min(day) as first_day, max(day) as last_day
from core.item
semi join (
    select client_id, original_id
    from core.item
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
) using (client_id, original_id)
where is_primary and withdrawn_at is null
group by client_id, original_id
having count(distinct source_id) > 1 or (bool_and(is_strong_original) and count(*) > 1)
order by client_id, original_id;
