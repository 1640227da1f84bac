-- Fold what people corrected, as the journal has it, and touch the days where that changed. Run in every
-- publish and from the start: a correction may be older than its mention, and a mention may move.
create or replace temp table said as
select
    s.client_id, s.day, s.mention_id, s.item_id,
    max(s.value) filter (where s.field = 'sentiment') as sentiment,
    -- A brand that left the client's file waits until it is back.
    max(b.brand_id) filter (where s.field = 'wrong_brand' and b.brand_id <> m.brand_id) as brand_id,
    coalesce(bool_or(s.field = 'not_about_us'), false) as is_dismissed,
    -- Null: nobody said whether it is.
    bool_and(s.value is distinct from 'no') filter (where s.field = 'spam') as is_spam,
    coalesce(
        list(s.value order by s.value) filter (where s.field = 'theme' and s.action = 'set'), []
    ) as themes,
    coalesce(
        list(s.value order by s.value) filter (where s.field = 'theme' and s.action = 'remove'), []
    ) as removed_themes,
    coalesce(
        list(s.value order by s.value) filter (where s.field = 'tag' and s.action = 'set'), []
    ) as tags,
    max(s.recorded_at) as recorded_at,
    last(s.recorded_by order by s.recorded_at, s.entry_id, s.place) as recorded_by
from core.correction_standing as s
inner join core.mention as m
    on s.client_id = m.client_id and s.day = m.day and s.mention_id = m.mention_id
left join core.brand as b
    on s.field = 'wrong_brand' and s.client_id = b.client_id and s.value = b.brand_id
where s.action <> 'undo'
group by s.client_id, s.day, s.mention_id, s.item_id;

-- One item names a brand once: of its mentions of one brand, that which was matched so stays.
create or replace temp table doubled as
select client_id, mention_id
from (
    select
        m.client_id, m.item_id, m.mention_id,
        coalesce(s.brand_id, m.brand_id) as brand_id,
        s.brand_id is not null as is_moved
    from core.mention as m
    semi join (from said where brand_id is not null) as moved
        on m.client_id = moved.client_id and m.day = moved.day and m.item_id = moved.item_id
    left join said as s
        on m.client_id = s.client_id and m.day = s.day and m.mention_id = s.mention_id
    where not coalesce(s.is_dismissed, false)
)
qualify row_number() over (
    partition by client_id, item_id, brand_id order by is_moved, mention_id
) > 1;

create or replace temp table corrected as
select
    s.client_id, s.day, s.mention_id, s.item_id, s.sentiment, s.brand_id, s.is_dismissed,
    d.mention_id is not null as is_doubled,
    s.is_spam, s.themes, s.removed_themes, s.tags, s.recorded_at, s.recorded_by
from said as s
left join doubled as d on s.client_id = d.client_id and s.mention_id = d.mention_id;

create or replace temp table recorrected as
(from core.correction except from corrected) union all (from corrected except from core.correction);

insert into ops.scope select distinct client_id, day from recorrected;
delete from core.correction where exists (from recorrected);
insert into core.correction by name
from corrected where exists (from recorrected) order by client_id, day, mention_id;
