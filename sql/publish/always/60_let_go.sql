-- Let go of the words and the names that the journal says were kept for as long as their site allows: an
-- item keeps its key, its mentions and its verdicts, so every number stays. Run in every publish; an item
-- that was read again since belongs to that later run and keeps its words until the term of that one.
insert into ops.let_go by name
select
    j.client_id,
    json_extract_string(j.body, '$.run') as batch_id,
    min(j.recorded_at) as let_go_at
from ops.journal as j
anti join ops.let_go as known
    on j.client_id = known.client_id and json_extract_string(j.body, '$.run') = known.batch_id
where j.kind = 'let_go'
group by all;

create or replace temp table letting_go as
select i.client_id, i.day, i.item_id, i.author_key, shown_url(i.url, a.handle, true) as url
from core.item as i
semi join ops.let_go as l on i.client_id = l.client_id and i.batch_id = l.batch_id
left join core.author_identity as a on i.client_id = a.client_id and i.author_key = a.author_key
where i.text is not null or i.title is not null;

update core.item as i set text = null, title = null, url = l.url
from letting_go as l
where i.day = l.day and i.item_id = l.item_id;

update core.verdict as v set cues = []
from core.mention as m, letting_go as l
where v.day = m.day and v.mention_id = m.mention_id and m.day = l.day and m.item_id = l.item_id;

update core.annotation as a set insults = []
from letting_go as l
where a.day = l.day and a.item_id = l.item_id;
-- Whom a reply answers is known no longer: any known first name counts, as after a rebuild.
update core.reply as r
set
    greeted = null, greeted_unlisted = null, signed = null, signed_initials = null,
    is_addressed = r.is_greeted
from letting_go as l
where r.day = l.day and r.item_id = l.item_id;

-- Terms are its words; the client's themes are a reading of them, and stay. Unknown is not none, after a
-- rebuild either: not only the items that are let go now.
update core.item_theme as t set terms = null
from (
    select i.day, i.item_id
    from core.item as i
    semi join ops.let_go as g on i.client_id = g.client_id and i.batch_id = g.batch_id
) as l
where t.day = l.day and t.item_id = l.item_id and t.terms is not null;

-- What is said of a record that could not be read may quote it.
create or replace temp table unquoting as
select distinct q.client_id, q.batch_id
from ops.quarantine as q
semi join ops.let_go as l on q.client_id = l.client_id and q.batch_id = l.batch_id
where q.detail <> '';
update ops.quarantine as q set detail = ''
from unquoting as u
where q.client_id = u.client_id and q.batch_id = u.batch_id and q.detail <> '';

-- A name stays as long as one item that is still kept whole is by its bearer.
create or replace temp table nameless as
select l.client_id, l.author_key
from (
    select client_id, author_key from letting_go
    union
    select client_id, author_key from withdrawing
) as l
anti join (
    select i.client_id, i.author_key
    from core.item as i
    anti join ops.let_go as g on i.client_id = g.client_id and i.batch_id = g.batch_id
    where i.withdrawn_at is null
) as kept on l.client_id = kept.client_id and l.author_key = kept.author_key;
delete from core.author_identity as a
using nameless as n
where a.client_id = n.client_id and a.author_key = n.author_key;
