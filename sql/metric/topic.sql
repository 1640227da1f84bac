-- Each first post of a topic, and who answered it first (card: topic.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/topic.sql
-- A topic's first post answers nothing and is the first of its thread. Forums that do not say what a post answers
-- are read back 30 days: a thread silent for longer that wakes up again counts as a new topic. Answers are read
-- up to eight days ahead: seven times 24 hours may end there when the clocks change.
with post as (
    select
        m.client_id, m.day, m.brand_id, m.item_id, m.author_key, m.network, m.thread_id, m.published_at,
        coalesce(m.original_id, m.item_id) as post_id,
        m.published_at + to_days(7) as horizon_at,
        k.cutoff_at
    from core.mention_current as m
    semi join scope_day as s on m.client_id = s.client_id and m.day = s.day
    left join core.data_cutoff as k on m.client_id = k.client_id
    where
        m.day between getvariable('from_day') and getvariable('to_day')
        and m.channel = 'community' and not m.is_own_voice and m.author_key is not null
        and m.parent_item_id is null
        and coalesce(m.kind, 'post') not in ('reply', 'comment', 'repost')
),

thread as (
    select client_id, network, thread_id, min(published_at) as started_at
    from core.item
    where
        day between getvariable('from_day') - 30 and getvariable('to_day')
        and channel = 'community' and thread_id is not null and withdrawn_at is null
    group by client_id, network, thread_id
),

opener as (
    select p.*
    from post as p
    left join thread as t
        on p.client_id = t.client_id and p.network = t.network and p.thread_id = t.thread_id
    where t.started_at is null or t.started_at >= p.published_at
),

-- What looks automated answers nobody, through whichever source it came.
automated as (
    select distinct i.client_id, coalesce(i.original_id, i.item_id) as post_id
    from core.suspect as f
    inner join core.item as i on f.client_id = i.client_id and f.day = i.day and f.item_id = i.item_id
    where
        f.day between getvariable('from_day') and getvariable('to_day') + 8
        and i.day between getvariable('from_day') and getvariable('to_day') + 8 and f.is_bot_like
),

-- An agency may well exclude the brand's own accounts from the mentions: their answers are answers.
other as (
    select
        i.client_id, i.network, i.thread_id, i.parent_item_id, i.author_key, i.published_at, i.item_id,
        i.owned_brand_id
    from core.item as i
    left join automated as f
        on i.client_id = f.client_id and coalesce(i.original_id, i.item_id) = f.post_id
    where
        i.day between getvariable('from_day') and getvariable('to_day') + 8
        and i.author_key is not null and i.withdrawn_at is null
        and (i.exclusion is null or i.owned_brand_id is not null) and f.post_id is null
),

-- Materialized: reordered by the planner, all of a client's openers met all of its posts.
to_post as materialized (
    select o.*, coalesce(p.original_id, p.item_id) as post_id
    from other as o
    inner join core.item as p on o.client_id = p.client_id and o.parent_item_id = p.item_id
    where p.day between getvariable('from_day') and getvariable('to_day')
),

answer as (
    select n.client_id, n.brand_id, n.item_id, o.published_at, o.item_id as answer_item_id, o.author_key, o.owned_brand_id
    from opener as n
    inner join to_post as o
        on n.client_id = o.client_id and n.post_id = o.post_id
        and n.author_key <> o.author_key and n.published_at <= o.published_at
    union all
    select n.client_id, n.brand_id, n.item_id, o.published_at, o.item_id, o.author_key, o.owned_brand_id
    from opener as n
    inner join other as o
        on n.client_id = o.client_id and n.network = o.network and n.thread_id = o.thread_id
        and n.author_key <> o.author_key and n.published_at <= o.published_at
),

first_answer as (
    select
        client_id, brand_id, item_id,
        min(struct_pack(
            answered_at := published_at, answer_item_id := answer_item_id, author_key := author_key,
            owned_brand_id := coalesce(owned_brand_id, '')
        )) as answer
    from answer
    group by client_id, brand_id, item_id
),

told as (
    select
        n.*, b.parent_brand_id,
        case
            when a.answer.answered_at <= greatest(n.published_at, least(n.horizon_at, n.cutoff_at))
                then a.answer
        end as answer
    from opener as n
    left join first_answer as a using (client_id, brand_id, item_id)
    left join core.brand as b on n.client_id = b.client_id and n.brand_id = b.brand_id
)

select
    client_id, day, brand_id, item_id, author_key, published_at,
    answer.answered_at as answered_at,
    answer.author_key as answer_author_key,
    answer is not null as is_answered,
    answer is not null and answer.owned_brand_id in (brand_id, coalesce(parent_brand_id, brand_id)) as is_answered_by_brand,
    answer is not null or coalesce(horizon_at <= cutoff_at, false) as is_settled
from told
order by day, client_id, brand_id, published_at, item_id;
