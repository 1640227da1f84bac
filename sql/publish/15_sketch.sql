-- Sketches of the newest readings. Whoever may have been like an old sketch or may be like a new one is
-- asked again in always/80_story.sql, so both are remembered.
create or replace temp table resketched as
select s.client_id, s.day, s.item_id, s.published_at, s.slots
from core.sketch as s
semi join replaced as r on s.client_id = r.client_id and s.day = r.day and s.item_id = r.item_id;

delete from core.sketch as s
using replaced as r
where s.client_id = r.client_id and s.day = r.day and s.item_id = r.item_id;

insert into core.sketch by name
select s.client_id, s.day, s.item_id, i.published_at, s.slots, s.has_spam_words
from staged_sketch as s
inner join incoming as i on s.item_id = i.item_id and s.batch_id = i.batch_id
order by s.client_id, s.day, s.item_id;

-- An item without a sketch may still be a repost, or be reposted.
insert into resketched
select i.client_id, i.day, i.item_id, i.published_at, s.slots
from incoming as i
left join staged_sketch as s on i.item_id = s.item_id and i.batch_id = s.batch_id;
