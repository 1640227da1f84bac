-- Flag what looks like spam or automated on the days that were touched; flagged items count like all others.
-- Never bot-like: what the brands say themselves and who repeats it, reposts, press, answers to a brand.
-- many_accounts: five accounts or more say nearly the same within ten minutes.
-- same_account: an account says nearly the same five times or more on one day.
set variable suspect_from = (select min(day) from ops.scope);
set variable suspect_to = (select max(day) from ops.scope);

create or replace temp table looked_at as
with touched as (select distinct client_id, day from ops.scope),

brand_voice as (
    select client_id, item_id
    from core.item
    where
        owned_brand_id is not null
        and day between getvariable('suspect_from') - 9 and getvariable('suspect_to')
),

leader as (
    select client_id, item_id, author_key
    from core.item
    where day between getvariable('suspect_from') - 9 and getvariable('suspect_to')
)

select
    i.client_id, i.day, i.item_id, i.story_id, i.published_at, i.author_key,
    -- Who spreads the brand's own contest is no spammer.
    s.has_spam_words and v.item_id is null as is_spam,
    i.story_id <> i.item_id and l.author_key = i.author_key as repeats_itself,
    i.author_key is not null
    and i.kind <> 'repost' and i.channel <> 'news' and i.outlet is null
    and i.owned_brand_id is null and v.item_id is null and p.item_id is null as may_be_bot
from core.item as i
semi join touched as t on i.client_id = t.client_id and i.day = t.day
inner join core.sketch as s on i.client_id = s.client_id and i.day = s.day and i.item_id = s.item_id
left join leader as l on i.client_id = l.client_id and i.story_id = l.item_id
left join brand_voice as v on i.client_id = v.client_id and i.story_id = v.item_id
left join brand_voice as p on i.client_id = p.client_id and i.parent_item_id = p.item_id
where
    i.day between getvariable('suspect_from') and getvariable('suspect_to')
    and s.day between getvariable('suspect_from') and getvariable('suspect_to')
    and i.is_primary and i.exclusion is null and i.withdrawn_at is null;

-- Two rows of ten minutes, five minutes apart: what happens within five minutes falls into one of them.
create or replace temp table many_accounts as
with timed as (
    select *, time_bucket(interval 10 minutes, published_at, to_minutes(shift)) as slot, shift
    from looked_at
    cross join (values (0), (5)) as shifts (shift)
    where may_be_bot
),

burst as (
    select client_id, day, story_id, shift, slot
    from timed
    group by all
    having count(distinct author_key) >= 5
)

select distinct client_id, day, item_id
from timed
semi join burst using (client_id, day, story_id, shift, slot);

create or replace temp table same_account as
with repeater as (
    select client_id, day, author_key
    from looked_at
    where may_be_bot and repeats_itself
    group by client_id, day, author_key
    having count(*) >= 4
),

repeated as (
    select o.client_id, o.day, o.item_id, o.story_id
    from looked_at as o
    semi join repeater as r on o.client_id = r.client_id and o.day = r.day and o.author_key = r.author_key
    where o.may_be_bot and o.repeats_itself
)

select client_id, day, item_id from repeated
union
select client_id, day, item_id
from looked_at
semi join repeated as r
    on looked_at.client_id = r.client_id and looked_at.day = r.day and looked_at.item_id = r.story_id;

create or replace temp table suspected as
select
    o.client_id, o.day, o.item_id,
    o.is_spam,
    m.item_id is not null or a.item_id is not null as is_bot_like,
    list_filter(
        [
            case when o.is_spam then 'spam_words' end,
            case when m.item_id is not null then 'many_accounts' end,
            case when a.item_id is not null then 'same_account' end
        ],
        lambda reason: reason is not null
    ) as reasons
from looked_at as o
left join many_accounts as m on o.client_id = m.client_id and o.day = m.day and o.item_id = m.item_id
left join same_account as a on o.client_id = a.client_id and o.day = a.day and o.item_id = a.item_id
where o.is_spam or m.item_id is not null or a.item_id is not null;

delete from core.suspect
where
    day between getvariable('suspect_from') and getvariable('suspect_to')
    and (client_id, day) in (select (client_id, day) from ops.scope);
insert into core.suspect by name
select * from suspected order by client_id, day, item_id;
