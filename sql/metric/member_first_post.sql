-- The first post of each member of a brand's community (card: member_first_post.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/member_first_post.sql
-- A state table: the row of a member moves to an earlier day when an older post arrives late, and to
-- a later one when the first post is withdrawn. It is read here to stay cheap: only members whose
-- recorded first post has gone are searched in the whole history.
with post as (
    select
        client_id, brand_id, author_key, day,
        struct_pack(day := day, at := published_at, item_id := item_id) as post
    from core.mention_current
    where channel = 'community' and not is_own_voice and author_key is not null
),

found as (
    select client_id, brand_id, author_key, min(post) as post
    from post
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, brand_id, author_key
),

known as (
    select
        client_id, brand_id, author_key, day,
        struct_pack(day := day, at := first_published_at, item_id := first_item_id) as post,
        (client_id, day) in (select (client_id, day) from scope_day) as is_touched
    from metric.member_first_post
),

lost as (
    select k.client_id, k.brand_id, k.author_key
    from known as k
    left join found as f using (client_id, brand_id, author_key)
    where k.is_touched and (f.author_key is null or f.post.day > k.day)
),

candidate as (
    select client_id, brand_id, author_key, post from found
    union all
    select k.client_id, k.brand_id, k.author_key, k.post
    from known as k
    semi join found as f using (client_id, brand_id, author_key)
    where not k.is_touched
    union all
    select p.client_id, p.brand_id, p.author_key, p.post
    from post as p
    semi join lost as l using (client_id, brand_id, author_key)
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
order by client_id, day, brand_id, author_key;
