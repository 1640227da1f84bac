-- The story of an item: the earliest item of the seven days before it that says nearly the same (decision
-- 0052), else itself. What leads is primary, neither excluded nor withdrawn. A repost tells the story of
-- what it reposts. Everything is asked of the facts at hand, never of the stories found before, so the order
-- of arrival is nothing.
set variable story_from = (select min(day) from resketched);
set variable story_to = (select max(day) from resketched);

-- All that can matter: a week before and after, of reposts a week more, and the days that clocks add.
create or replace temp table story_day as
select distinct r.client_id, r.day + cast(step.n as integer) as day
from (select distinct client_id, day from resketched) as r
cross join range(-17, 18) as step (n);

create or replace temp table resketched_band as
select distinct client_id, published_at, unnest(bands(slots)) as band
from resketched
where slots is not null;

-- Whoever came within a week after one that changed, and shares a band with it.
create or replace temp table asked as
with near as (
    select client_id, day, item_id, published_at, unnest(bands(slots)) as band
    from core.sketch
    semi join story_day using (client_id, day)
    where
        slots is not null
        and day between getvariable('story_from') - 1 and getvariable('story_to') + 8
),

touched as (
    select distinct n.client_id, n.day, n.item_id
    from near as n
    inner join resketched_band as r
        on n.client_id = r.client_id and n.band = r.band
        and n.published_at between r.published_at and r.published_at + to_days(7)
    union
    select r.client_id, i.day, r.item_id
    from resketched as r
    inner join core.item as i on r.client_id = i.client_id and r.item_id = i.item_id
    where i.day between getvariable('story_from') - 1 and getvariable('story_to') + 8
)

from touched
union
select i.client_id, i.day, i.item_id
from core.item as i
semi join (
    select client_id, item_id from touched
    union
    select client_id, item_id from resketched
) as t on i.client_id = t.client_id and i.parent_item_id = t.item_id
where
    i.kind = 'repost'
    and i.day between getvariable('story_from') - 1 and getvariable('story_to') + 16;

-- They themselves, and what the reposts among them repost: whose story is to be told.
create or replace temp table telling as
with told as (
    select
        i.client_id, i.day, i.item_id, i.published_at, i.story_id as was_id,
        case
            when i.kind = 'repost' and p.published_at between i.published_at - to_days(7) and i.published_at
                then p.item_id
        end as parent_id
    from core.item as i
    semi join asked as a on i.client_id = a.client_id and i.day = a.day and i.item_id = a.item_id
    left join (
        select client_id, item_id, published_at
        from core.item
        where
            day between getvariable('story_from') - 9 and getvariable('story_to') + 17
            and is_primary and exclusion is null and withdrawn_at is null
    ) as p on i.client_id = p.client_id and i.parent_item_id = p.item_id and i.item_id <> p.item_id
    where i.day between getvariable('story_from') - 1 and getvariable('story_to') + 16
)

select t.*, coalesce(t.parent_id, t.item_id) as teller_id
from told as t;

-- Everybody who may lead or be led, in one order.
create or replace temp table sketched as
select
    i.client_id, i.item_id, i.published_at, s.slots,
    i.is_primary and i.exclusion is null as may_lead,
    row_number() over (order by i.published_at, i.item_id) as place
from core.sketch as s
semi join story_day as d on s.client_id = d.client_id and s.day = d.day
inner join core.item as i on s.client_id = i.client_id and s.day = i.day and s.item_id = i.item_id
where
    s.slots is not null and i.withdrawn_at is null
    and s.day between getvariable('story_from') - 17 and getvariable('story_to') + 17
    and i.day between getvariable('story_from') - 17 and getvariable('story_to') + 17;

create or replace temp table banded as
with every as (
    select client_id, item_id, published_at, place, may_lead, unnest(bands(slots)) as band
    from sketched
),

wanted as (
    select distinct e.client_id, e.band
    from every as e
    semi join telling as t on e.client_id = t.client_id and e.item_id = t.teller_id
)

select e.*
from every as e
semi join wanted as w on e.client_id = w.client_id and e.band = w.band;

-- Of each band only the first of the week is compared: a storm of ten thousand copies costs ten thousand
-- comparisons, not their square.
create or replace temp table led as
with head as (
    select
        client_id, item_id, place,
        min(place) filter (where may_lead) over (
            partition by client_id, band order by published_at
            range between interval 7 days preceding and current row
        ) as head_place
    from banded
),

pair as (
    select distinct h.client_id, h.item_id, h.place, h.head_place
    from head as h
    semi join telling as t on h.client_id = t.client_id and h.item_id = t.teller_id
    where h.head_place < h.place
)

select p.client_id, p.item_id, arg_min(leader.item_id, leader.place) as leader_id
from pair as p
inner join sketched as one on p.place = one.place
inner join sketched as leader on p.head_place = leader.place
where is_copy(one.slots, leader.slots)
group by p.client_id, p.item_id;

create or replace temp table told_story as
select t.client_id, t.day, t.item_id, t.was_id, coalesce(l.leader_id, t.teller_id) as story_id
from telling as t
left join led as l on t.client_id = l.client_id and t.teller_id = l.item_id;

-- A story's days are computed again where it changed, and where its first item did.
insert into ops.scope
select distinct client_id, day from told_story where story_id is distinct from was_id
union
select distinct t.client_id, t.day
from told_story as t
semi join resketched as r on t.client_id = r.client_id and t.story_id = r.item_id;

update core.item as i set story_id = t.story_id
from told_story as t
where i.day = t.day and i.item_id = t.item_id and i.story_id is distinct from t.story_id;
