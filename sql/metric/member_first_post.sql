-- The first post of each member of a brand's community (card: member_first_post.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/member_first_post.sql
-- A state table: the row of a member moves to an earlier day when an older post arrives late, and to
-- a later one when the first post is withdrawn. It reads itself to stay cheap: only members whose
-- recorded first post has gone are searched in the whole history.
with found as (
    select
        client_id, brand_id, author_key,
        min(struct_pack(day := day, at := published_at, item_id := item_id)) as post
    from core.mention_current
    semi join scope_day using (client_id, day)
    where
        day between getvariable('from_day') and getvariable('to_day')
        and channel = 'community' and not is_own_voice and author_key is not null
    group by client_id, brand_id, author_key
),

kept as (
    select
        client_id, brand_id, author_key,
        struct_pack(day := day, at := first_published_at, item_id := first_item_id) as post
    from metric.member_first_post
    semi join found using (client_id, brand_id, author_key)
    anti join scope_day using (client_id, day)
),

lost as (
    select k.client_id, k.brand_id, k.author_key
    from metric.member_first_post as k
    semi join scope_day as s on k.client_id = s.client_id and k.day = s.day
    left join found as f
        on k.client_id = f.client_id and k.brand_id = f.brand_id and k.author_key = f.author_key
    where
        k.day between getvariable('from_day') and getvariable('to_day')
        and (f.author_key is null or f.post.day > k.day)
),

-- The conditions of core.mention_current once more, on its tables: over the view, DuckDB would join
-- the whole history before it asks who was lost, which is mostly nobody.
searched as (
    select
        m.client_id, coalesce(k.brand_id, m.brand_id) as brand_id, i.author_key,
        struct_pack(day := i.day, at := i.published_at, item_id := i.item_id) as post
    from (
        select * from core.item
        semi join lost using (client_id, author_key)
        where
            channel = 'community' and is_primary and exclusion is null and withdrawn_at is null
    ) as i
    inner join core.mention as m
        on i.client_id = m.client_id and i.day = m.day and i.item_id = m.item_id
    left join core.correction as k
        on m.client_id = k.client_id and m.day = k.day and m.mention_id = k.mention_id
    semi join lost as l
        on m.client_id = l.client_id and coalesce(k.brand_id, m.brand_id) = l.brand_id
        and i.author_key = l.author_key
    where
        (i.owned_brand_id = coalesce(k.brand_id, m.brand_id)) is distinct from true
        and not coalesce(k.is_dismissed or k.is_doubled, false)
),

candidate as (
    from found
    union all by name
    from kept
    union all by name
    from searched
),

earliest as (
    select client_id, brand_id, author_key, min(post) as post
    from candidate
    group by client_id, brand_id, author_key
)

select
    client_id, post.day as day, brand_id, author_key,
    post.at as first_published_at,
    post.item_id as first_item_id
from earliest
order by day, client_id, brand_id, author_key;
