-- When each newcomer wrote again (card: newcomer_return.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/newcomer_return.sql
-- Reads posts up to 31 days ahead: 30 times 24 hours may end there when clocks change.
with first_post as (
    select
        f.client_id, f.day, f.brand_id, f.author_key, f.first_item_id, f.first_published_at,
        f.first_published_at + to_days(30) as horizon_at,
        k.cutoff_at
    from metric.member_first_post as f
    semi join scope_day as s on f.client_id = s.client_id and f.day = s.day
    left join core.data_cutoff as k on f.client_id = k.client_id
    where f.day between getvariable('from_day') and getvariable('to_day')
),

later as (
    select
        n.client_id, n.brand_id, n.author_key,
        min(m.published_at) as next_post_at,
        min(m.published_at) filter (where m.day > n.day) as next_day_post_at
    from first_post as n
    inner join core.mention_current as m
        on n.client_id = m.client_id and n.brand_id = m.brand_id and n.author_key = m.author_key
    where
        m.day between getvariable('from_day') and getvariable('to_day') + 31
        and m.channel = 'community' and not m.is_own_voice
        and m.item_id <> n.first_item_id
        and m.published_at >= n.first_published_at
        and m.published_at <= least(n.horizon_at, n.cutoff_at)
    group by n.client_id, n.brand_id, n.author_key
)

select
    n.client_id, n.day, n.brand_id, n.author_key, n.first_published_at,
    l.next_post_at, l.next_day_post_at,
    coalesce(n.horizon_at <= n.cutoff_at, false) as is_due
from first_post as n
left join later as l using (client_id, brand_id, author_key)
order by n.day, n.client_id, n.brand_id, n.author_key;
