-- Some days of an invented agency's mentions, straight into core: every client has the same brand,
-- rival, community, reviews and social posts, and a fifth of the posts are the brand's own answers.
-- Parameters: variables first_number and past_number (days counted from 1970-01-01; the second one
-- is past the last), client_count, row_count (items a day, of all clients together).
-- Deterministic: an item's number decides all of its columns.
create or replace temp table made as
select
    n, day, client, client || '-' || n as item_id,
    cast(day as timestamp) + to_seconds(cast((n * 7919) % 86400 as bigint)) as published_at,
    role, cast(hash(n) % 997 as bigint) as dice, cast(hash(n + 1) % 1009 as bigint) as luck
from (
    select
        r.n, date '1970-01-01' + cast(r.n // getvariable('row_count') as integer) as day,
        'c' || lpad(cast(r.n % getvariable('client_count') as varchar), 4, '0') as client,
        (r.n // getvariable('client_count')) % 10 as role
    from range(
        getvariable('first_number') * getvariable('row_count'),
        getvariable('past_number') * getvariable('row_count')
    ) as r (n)
)
order by n;

insert into core.calendar by name
select
    client_id, day,
    cast(day as timestamp) as start_at, cast(day + 1 as timestamp) as end_at, 24 as hour_count,
    cast(date_trunc('week', day) as date) as week_start,
    cast(date_trunc('month', day) as date) as month_start,
    cast(date_trunc('quarter', day) as date) as quarter_start,
    false as is_holiday,
    case when isodow(day) < 6 then cast(day as timestamp) + to_hours(8) end as opens_at,
    case when isodow(day) < 6 then cast(day as timestamp) + to_hours(17) end as closes_at
from (select distinct client as client_id, day from made)
order by day, client_id;

insert into ops.coverage by name
select
    c.client_id, s.source_id, '*' as query, c.start_at, c.end_at, 'ok' as state, c.day::varchar as batch_id
from core.calendar as c
cross join (values ('forum'), ('social'), ('reviews')) as s (source_id)
where c.day in (select day from made)
order by c.day, c.client_id, s.source_id;

-- role 0: a topic of the community, 1 to 3: an answer there, 4: the brand's answer there,
-- 5 to 7: a social post, 8: a review, 9: the brand's answer to a social post.
insert into core.item by name
select
    client as client_id, day, item_id, published_at, cast(hour(published_at) as smallint) as hour_local,
    published_at + to_minutes(90) as collected_at,
    case when role < 5 then 'forum' when role = 8 then 'reviews' else 'social' end as source_id,
    case when role < 5 then 'forum' when role = 8 then 'google' when dice % 3 = 0 then 'x' else 'mastodon' end as network,
    case when role < 5 then 'community' when role = 8 then 'review' else 'social' end as channel,
    case when role in (0, 5, 6, 7) then 'post' when role = 8 then 'review' else 'reply' end as kind,
    item_id as native_id, 'https://example.org/' || item_id as url, item_id as original_id,
    true as is_strong_original, item_id as story_id, true as is_primary,
    case
        when role in (4, 9) then 'own'
        -- The community grows by a newcomer now and then; half of its posts come from few people.
        when dice % 2 = 0 then 'a' || luck % 20
        else 'a' || (luck * 31 + n // (getvariable('client_count') * 40)) % 60000
    end as author_key,
    cast(luck * 10 as bigint) as follower_count,
    case when role in (4, 9) then 'brand' end as owned_brand_id,
    case
        when role between 1 and 3 then client || '-' || (n - role * getvariable('client_count'))
        when role in (4, 9) then client || '-' || (n - (1 + dice % 3) * getvariable('client_count'))
    end as parent_item_id,
    'What people write about the brand, number ' || n || ', is longer than this on most days.' as text,
    md5(cast(n as varchar)) as text_hash,
    case when dice % 5 = 0 then 'en' else 'fr' end as language,
    case when role = 8 then cast(1 + luck % 5 as decimal(4, 2)) end as rating,
    0 as link_count, cast([] as varchar[]) as linked_brand_ids,
    md5(cast(n as varchar)) as content_hash, day::varchar as batch_id, 'day' as raw_ref
from made
order by day, client, n;

insert into core.mention by name
select
    client as client_id, day, item_id || '/b' as mention_id, item_id,
    case when luck % 7 = 0 and role between 5 and 8 then 'rival' else 'brand' end as brand_id,
    'text' as matched_by, 'brand' as matched_term,
    role in (5, 8) as is_addressed, role in (5, 8) as is_inbound
from made
order by day, client, n;

insert into core.verdict by name
select
    client as client_id, day, item_id || '/b' as mention_id, 'bench' as model, '1' as model_version,
    cast((dice % 3) - 1 as decimal(4, 3)) as polarity,
    ['negative', 'neutral', 'positive'][1 + dice % 3] as sentiment,
    cast([] as varchar[]) as cues, true as is_current
from made
order by day, client, n;

insert into core.counter by name
select
    client as client_id, day, item_id, published_at + to_minutes(90) as collected_at,
    cast(dice % 40 as bigint) as like_count, cast(luck % 7 as bigint) as repost_count,
    cast(luck % 5 as bigint) as reply_count
from made
where role in (5, 6, 7)
order by day, client, n;

insert into core.annotation by name
select
    client as client_id, day, item_id,
    case when dice % 4 = 0 then ['complaint'] when dice % 4 = 1 then ['thanks'] else cast([] as varchar[]) end as intents,
    cast([] as varchar[]) as crisis_cues, cast([] as varchar[]) as insults
from made
order by day, client, n;

insert into core.reply by name
select
    client as client_id, day, item_id, dice % 2 = 0 as is_greeted, dice % 3 = 0 as is_signed,
    dice % 5 = 0 as is_initialled, dice % 4 = 0 as has_thanks, dice % 6 = 0 as has_empathy,
    dice % 7 = 0 as has_follow_up, dice % 2 = 0 as is_addressed
from made
where role in (4, 9)
order by day, client, n;

insert into core.item_theme by name
select
    client as client_id, day, item_id, cast(['word'] as varchar[]) as terms,
    case when luck % 3 = 0 then ['price'] else cast([] as varchar[]) end as themes
from made
order by day, client, n;
