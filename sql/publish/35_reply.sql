-- Whether a reply calls whom it answers by name: known once both are there, whichever came first.
create or replace temp table replied as
select
    r.client_id, r.day, r.item_id,
    case
        when a.author_key is null then r.is_greeted
        when bears_name(concat_ws(' ', a.author_name, a.handle), coalesce(r.greeted, r.greeted_unlisted)) then true
        -- Another first name beside a full name is a mistake; a handle hardly tells its owner's name.
        else r.is_greeted and not contains(coalesce(trim(a.author_name), ''), ' ')
    end as is_addressed
from core.reply as r
inner join core.item as i on r.client_id = i.client_id and r.day = i.day and r.item_id = i.item_id
left join core.item as parent on i.client_id = parent.client_id and i.parent_item_id = parent.item_id
left join core.author_identity as a
    on parent.client_id = a.client_id and parent.author_key = a.author_key
where
    i.item_id in (select item_id from incoming)
    or i.parent_item_id in (select item_id from incoming)
    or i.parent_item_id in (select item_id from replaced);

-- Its day is recomputed only when the answer changed.
insert into ops.scope
select n.client_id, n.day
from replied as n
inner join core.reply as r on n.client_id = r.client_id and n.day = r.day and n.item_id = r.item_id
where r.is_addressed is distinct from n.is_addressed;
update core.reply as r set is_addressed = coalesce(n.is_addressed, false)
from replied as n
where r.day = n.day and r.item_id = n.item_id;
