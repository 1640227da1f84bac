-- What stands of each mention: the newest answer to each question that people answered of it, or of its item.
-- A mention that is not there yet has no row; its corrections wait.
--   select * from core.correction_standing where client_id = 'united' and day = date '2015-02-17';
with aimed as (
    select e.* exclude (mention_id, item_id), m.day, m.mention_id, m.item_id
    from core.correction_entry as e
    inner join core.mention as m on e.client_id = m.client_id and e.mention_id = m.mention_id
    union all by name
    select e.* exclude (mention_id, item_id), m.day, m.mention_id, m.item_id
    from core.correction_entry as e
    inner join core.mention as m on e.client_id = m.client_id and e.item_id = m.item_id
)

select
    client_id, day, mention_id, item_id, question, field, action, value, recorded_at, recorded_by, note,
    entry_id, place
from aimed
qualify row_number() over (
    partition by client_id, mention_id, question
    order by recorded_at desc, entry_id desc, place desc
) = 1
