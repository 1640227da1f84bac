-- The same post arriving through two sources counts once (law 4): of all items with one original_id,
-- the first published that has its words is primary. Where the identity is weak (author, minute and words) or an address
-- is shared, items of one source are never merged with each other: their native ids differ, so they
-- are different items.
create or replace temp table ranked as
with affected as (
    select client_id, original_id from incoming
    union
    select client_id, original_id from replaced
)
select
    i.client_id, i.day, i.item_id,
    i.withdrawn_at is null
    and i.source_id = first_value(i.source_id) over best
    and (not i.is_strong_original or row_number() over best = 1) as is_primary,
    i.is_primary as was_primary
from core.item as i
semi join affected on i.client_id = affected.client_id and i.original_id = affected.original_id
window best as (
    -- A copy without its words (some tools redact them) must not hide the one that has them.
    partition by i.client_id, i.original_id
    order by
        -- What is gone stands for nothing (50_withdraw.sql).
        i.withdrawn_at is not null,
        -- Told by the hash of its words, which outlives them (60_let_go.sql).
        i.text_hash = sha256(''),
        i.published_at, i.source_id, i.item_id
);

update core.item as i set is_primary = ranked.is_primary
from ranked
where i.day = ranked.day and i.item_id = ranked.item_id and i.is_primary <> ranked.is_primary;

-- Inbound: addressed to the brand by somebody else: its handle is called, the export says so, a review,
-- an answer to the brand's own post, a question in its community. Never a repost. (metrics.md)
create or replace temp table owned as
select client_id, item_id, owned_brand_id from core.item where owned_brand_id is not null;

create or replace temp table addressed as
select
    m.client_id, m.day, m.mention_id,
    i.owned_brand_id is distinct from m.brand_id
    and i.kind <> 'repost'
    and (
        m.is_addressed
        or i.kind = 'review'
        or coalesce(parent.owned_brand_id = m.brand_id, false)
        or (i.channel = 'community' and i.kind = 'question')
    ) as is_inbound
from core.mention as m
inner join core.item as i on m.client_id = i.client_id and m.day = i.day and m.item_id = i.item_id
left join owned as parent
    on i.client_id = parent.client_id and i.parent_item_id = parent.item_id
where i.item_id in (select item_id from incoming)
    or i.parent_item_id in (
        select item_id from incoming where owned_brand_id is not null
        union all
        select item_id from replaced where owned_brand_id is not null
    );

create or replace temp table readdressed as
select a.client_id, a.day, a.mention_id, a.is_inbound
from addressed as a
inner join core.mention as m
    on a.client_id = m.client_id and a.day = m.day and a.mention_id = m.mention_id
where m.is_inbound is distinct from a.is_inbound;

update core.mention as m set is_inbound = r.is_inbound
from readdressed as r
where m.day = r.day and m.mention_id = r.mention_id;

-- Names stand in one table only, as they were seen last.
create or replace temp table newest_author as
select *
from (
    select * from staged_author
    union all by name
    select a.* from core.author_identity as a
    semi join staged_author as s on a.client_id = s.client_id and a.author_key = s.author_key
)
qualify row_number() over (
    partition by client_id, author_key order by seen_at desc, handle, author_name
) = 1;
delete from core.author_identity as a
using newest_author as n
where a.client_id = n.client_id and a.author_key = n.author_key;
insert into core.author_identity by name
select * from newest_author order by client_id, author_key;
