-- Withdraw what the journal says is gone: blank its words, keep its key, count it nowhere, and touch its
-- day. Run in every publish: an item may be collected again after it was withdrawn.
-- What is the same post for certain, through whichever source, is withdrawn with it: the writer
-- deleted the post, not one of its copies.
create or replace temp table withdrawal_entry as
select
    client_id, entry_id, recorded_at,
    json_extract_string(body, '$.item_id') as item_id,
    json_extract_string(body, '$.reason') as reason,
    -- Given where it is strong. Landing without words may no longer tell it.
    json_extract_string(body, '$.original_id') as original_id,
    coalesce(json_extract_string(body, '$.withdrawn_at')::timestamp, recorded_at) as withdrawn_at
from ops.journal
where kind = 'withdrawal';

insert into ops.withdrawal by name
select client_id, item_id, withdrawn_at, reason
from withdrawal_entry as e
anti join ops.withdrawal as w on e.client_id = w.client_id and e.item_id = w.item_id
qualify row_number() over (
    partition by client_id, item_id order by recorded_at, entry_id
) = 1;

insert into ops.withdrawal by name
select i.client_id, i.item_id, min(e.withdrawn_at) as withdrawn_at, 'copy' as reason
from core.item as i
inner join withdrawal_entry as e
    on i.client_id = e.client_id and i.original_id = e.original_id
anti join ops.withdrawal as w on i.client_id = w.client_id and i.item_id = w.item_id
where i.is_strong_original and e.reason = 'gone'
group by i.client_id, i.item_id;

create or replace temp table withdrawing as
select
    i.client_id, i.day, i.item_id, i.author_key, w.withdrawn_at,
    coalesce(e.original_id, i.original_id) as original_id,
    i.is_strong_original or e.original_id is not null as is_strong_original
from core.item as i
inner join ops.withdrawal as w on i.client_id = w.client_id and i.item_id = w.item_id
left join (
    select client_id, item_id, min(original_id) as original_id
    from withdrawal_entry
    group by client_id, item_id
) as e on i.client_id = e.client_id and i.item_id = e.item_id
where i.withdrawn_at is null;

insert into ops.scope
select client_id, day from withdrawing
union
select i.client_id, i.day
from core.item as i
semi join withdrawing as w on i.client_id = w.client_id and i.original_id = w.original_id;

update core.item as i
set
    withdrawn_at = w.withdrawn_at, text = null, title = null, url = null, author_key = null,
    original_id = w.original_id, is_strong_original = w.is_strong_original, is_primary = false
from withdrawing as w
where i.day = w.day and i.item_id = w.item_id;

-- The same post known through another source takes its place, unless it was withdrawn there too.
create or replace temp table heir as
select i.client_id, i.day, i.item_id
from core.item as i
semi join withdrawing as w on i.client_id = w.client_id and i.original_id = w.original_id
where i.withdrawn_at is null
qualify row_number() over (
    partition by i.client_id, i.original_id order by i.published_at, i.source_id, i.item_id
) = 1;
update core.item as i set is_primary = true
from heir as h
where i.day = h.day and i.item_id = h.item_id;

-- What is gone leads no story, and its sketch goes too.
insert into resketched
select i.client_id, i.day, i.item_id, i.published_at, s.slots
from (
    select client_id, day, item_id from withdrawing
    union
    select client_id, day, item_id from heir
) as w
inner join core.item as i on w.client_id = i.client_id and w.day = i.day and w.item_id = i.item_id
left join core.sketch as s on w.client_id = s.client_id and w.day = s.day and w.item_id = s.item_id;
delete from core.sketch as s
using withdrawing as w
where s.client_id = w.client_id and s.day = w.day and s.item_id = w.item_id;

update core.verdict as v set cues = []
from core.mention as m, withdrawing as w
where v.day = m.day and v.mention_id = m.mention_id and m.day = w.day and m.item_id = w.item_id;
update core.annotation as a set intents = [], crisis_cues = [], insults = []
from withdrawing as w
where a.day = w.day and a.item_id = w.item_id;
delete from core.reply as r
using withdrawing as w
where r.day = w.day and r.item_id = w.item_id;
delete from core.item_theme as t
using withdrawing as w
where t.day = w.day and t.item_id = w.item_id;
