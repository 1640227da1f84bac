-- Blank the words of items that were withdrawn after the instant that a warehouse shows: they count as they
-- did then, and nobody reads them any more. Names go with the last words of their bearer, as where a term is
-- over (sql/publish/always/60_let_go.sql).
-- Parameters: table withdrawn_since(item_id).
create or replace temp table blanked as
select i.client_id, i.day, i.item_id, i.author_key
from core.item as i
semi join withdrawn_since as w on i.item_id = w.item_id;

update core.item as i set text = null, title = null, url = null
from blanked as b
where i.day = b.day and i.item_id = b.item_id;

update core.verdict as v set cues = []
from core.mention as m, blanked as b
where v.day = m.day and v.mention_id = m.mention_id and m.day = b.day and m.item_id = b.item_id;

update core.annotation as a set insults = []
from blanked as b
where a.day = b.day and a.item_id = b.item_id;

update core.reply as r set greeted = null, greeted_unlisted = null, signed = null, signed_initials = null
from blanked as b
where r.day = b.day and r.item_id = b.item_id;

update core.item_theme as t set terms = null
from blanked as b
where t.day = b.day and t.item_id = b.item_id;

delete from core.author_identity as a
using (
    select b.client_id, b.author_key
    from blanked as b
    anti join core.item as i
        on b.client_id = i.client_id and b.author_key = i.author_key and i.text is not null
) as n
where a.client_id = n.client_id and a.author_key = n.author_key;
