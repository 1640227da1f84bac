-- Replace items, mentions and verdicts by their newest reading. A corrected date moves the row, so the
-- old rows are deleted at their old day before the new ones are inserted.
delete from core.item
where day in (select day from replaced) and item_id in (select item_id from replaced);
delete from core.verdict
where day in (select day from replaced)
    and mention_id in (
        select m.mention_id from core.mention as m semi join replaced using (day, item_id)
    );
delete from core.mention
where day in (select day from replaced) and item_id in (select item_id from replaced);
delete from core.annotation
where day in (select day from replaced) and item_id in (select item_id from replaced);
delete from core.reply
where day in (select day from replaced) and item_id in (select item_id from replaced);
delete from core.item_theme
where day in (select day from replaced) and item_id in (select item_id from replaced);

insert into core.item by name
-- A story is found in always/80_story.sql, whatever an older oyez had staged as one.
select
    incoming.* replace (incoming.item_id as story_id), true as is_primary, null::timestamp as withdrawn_at
from incoming
order by client_id, day, item_id;

-- Mentions and verdicts belong to the reading that won, not to another batch's reading of the item.
insert into core.mention by name
select m.* exclude (batch_id), false as is_inbound
from staged_mention as m
semi join incoming on m.item_id = incoming.item_id and m.batch_id = incoming.batch_id
-- It may have been staged before a brand left the client's file.
semi join core.brand as b on m.client_id = b.client_id and m.brand_id = b.brand_id
order by m.client_id, m.day, m.mention_id;

-- A tone that came with the item counts before a model's.
insert into core.verdict by name
select
    v.* exclude (item_id, content_hash, batch_id, is_imported),
    row_number() over (partition by v.mention_id order by v.is_imported desc) = 1 as is_current
from (
    select *, true as is_imported from staged_verdict
    union all by name
    select *, false as is_imported from staged_score
) as v
semi join incoming on v.item_id = incoming.item_id and v.batch_id = incoming.batch_id
semi join core.mention as m
    on v.client_id = m.client_id and v.day = m.day and v.mention_id = m.mention_id
order by v.client_id, v.day, v.mention_id, v.model;

insert into core.annotation by name
select a.* exclude (content_hash, batch_id)
from staged_annotation as a
semi join incoming on a.item_id = incoming.item_id and a.batch_id = incoming.batch_id
order by a.client_id, a.day, a.item_id;
insert into core.reply by name
select r.* exclude (content_hash, batch_id)
from staged_reply as r
semi join incoming on r.item_id = incoming.item_id and r.batch_id = incoming.batch_id
order by r.client_id, r.day, r.item_id;
insert into core.item_theme by name
select t.* exclude (batch_id)
from staged_theme as t
semi join incoming on t.item_id = incoming.item_id and t.batch_id = incoming.batch_id
order by t.client_id, t.day, t.item_id;

-- Counters are readings: one row an item and instant, whichever reading of the item is newest. Of two
-- readings of one instant the higher counts, whichever was published first.
create or replace temp table reading as
select *
from (
    select * from staged_counter
    union all
    select c.* from core.counter as c
    semi join staged_counter as s on c.item_id = s.item_id and c.collected_at = s.collected_at
)
qualify row_number() over (
    partition by item_id, collected_at
    order by
        like_count desc nulls last, repost_count desc nulls last, reply_count desc nulls last,
        view_count desc nulls last
) = 1;
delete from core.counter as c
using reading as r
where c.item_id = r.item_id and c.collected_at = r.collected_at;
insert into core.counter by name
select * from reading order by client_id, day, item_id, collected_at;
-- A moved item takes its counters along, those of an older reading that arrives late included.
update core.counter as c set day = i.day
from core.item as i
where
    c.item_id = i.item_id and c.day <> i.day
    and (
        c.item_id in (select item_id from incoming) or c.item_id in (select item_id from staged_counter)
    );
