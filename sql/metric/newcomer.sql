-- Members whose first post ever fell on the day, and whether it was answered (card: newcomer.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/newcomer.sql
-- Reads posts up to three days ahead: 48 hours after a late evening may end there when clocks change.
with first_post as (
    select
        f.client_id, f.day, f.brand_id, f.author_key, f.first_item_id, f.first_published_at,
        i.network, i.thread_id, coalesce(i.original_id, i.item_id) as post_id,
        f.first_published_at + to_hours(48) as horizon_at,
        k.cutoff_at
    from metric.member_first_post as f
    semi join scope_day as s on f.client_id = s.client_id and f.day = s.day
    inner join core.item as i
        on f.client_id = i.client_id and f.day = i.day and f.first_item_id = i.item_id
    left join core.data_cutoff as k on f.client_id = k.client_id
    where
        f.day between getvariable('from_day') and getvariable('to_day')
        and i.day between getvariable('from_day') and getvariable('to_day')
),

-- What looks automated answers nobody, through whichever source it came.
automated as (
    select distinct i.client_id, coalesce(i.original_id, i.item_id) as post_id
    from core.suspect as f
    inner join core.item as i on f.client_id = i.client_id and f.day = i.day and f.item_id = i.item_id
    where
        f.day between getvariable('from_day') and getvariable('to_day') + 3
        and i.day between getvariable('from_day') and getvariable('to_day') + 3 and f.is_bot_like
),

-- An agency may well exclude the brand's own accounts from the mentions: their answers are answers.
other as (
    select i.client_id, i.network, i.thread_id, i.parent_item_id, i.author_key, i.published_at
    from core.item as i
    left join automated as f
        on i.client_id = f.client_id and coalesce(i.original_id, i.item_id) = f.post_id
    where
        i.day between getvariable('from_day') and getvariable('to_day') + 3
        and i.author_key is not null and i.withdrawn_at is null
        and (i.exclusion is null or i.owned_brand_id is not null) and f.post_id is null
),

to_post as (
    select o.client_id, o.author_key, o.published_at, coalesce(p.original_id, p.item_id) as post_id
    from other as o
    inner join core.item as p on o.client_id = p.client_id and o.parent_item_id = p.item_id
    where p.day between getvariable('from_day') and getvariable('to_day')
),

answer as (
    select n.client_id, n.brand_id, n.author_key, o.published_at
    from first_post as n
    inner join to_post as o
        on n.client_id = o.client_id and n.post_id = o.post_id
        and n.author_key <> o.author_key and n.first_published_at <= o.published_at
    union all
    select n.client_id, n.brand_id, n.author_key, o.published_at
    from first_post as n
    inner join other as o
        on n.client_id = o.client_id and n.network = o.network and n.thread_id = o.thread_id
        and n.author_key <> o.author_key and n.first_published_at <= o.published_at
    where o.parent_item_id is null
),

first_answer as (
    select client_id, brand_id, author_key, min(published_at) as answered_at
    from answer
    group by client_id, brand_id, author_key
),

told as (
    select
        n.*,
        case
            when a.answered_at <= greatest(n.first_published_at, least(n.horizon_at, n.cutoff_at))
                then a.answered_at
        end as answered_at
    from first_post as n
    left join first_answer as a using (client_id, brand_id, author_key)
)

select
    client_id, day, brand_id, author_key, first_item_id, first_published_at, answered_at,
    answered_at is not null as is_answered,
    answered_at is not null or coalesce(horizon_at <= cutoff_at, false) as is_settled
from told
order by day, client_id, brand_id, author_key;
