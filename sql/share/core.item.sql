-- Items without the words that are withheld, and without addresses and ids that spell out a withheld author.
select
    i.* replace (
        case when w.item_id is null then i.text end as text,
        case when w.item_id is null then i.title end as title,
        shown_url(i.url, a.handle, n.author_key is not null) as url,
        shown_url(i.native_id, a.handle, n.author_key is not null) as native_id,
        shown_url(i.thread_id, a.handle, n.author_key is not null) as thread_id
    )
from origin.core.item as i
left join share_wordless as w on i.item_id = w.item_id
left join share_nameless as n on i.author_key = n.author_key
left join origin.core.author_identity as a on i.client_id = a.client_id and i.author_key = a.author_key
