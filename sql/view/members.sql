-- Members of each community: one row a member, from the first post on.
--   select count(*), avg(is_back_in_30_days::int) from report.members
--   where client_id = 'united' and first_day between date '2026-01-01' and date '2026-03-31';
-- is_back_in_30_days is null while the thirty days are not over for the client's data.
with post as (
    select client_id, brand_id, author_key, day, community_item_count
    from metric.author_activity
    where community_item_count > 0
),

counted as (
    select
        f.client_id, f.brand_id, f.author_key, f.day as first_day, f.first_item_id,
        coalesce(sum(p.community_item_count), 0)::bigint as post_count,
        coalesce(max(p.day), f.day) as last_day,
        min(p.day) filter (where p.day > f.day) as next_day
    from metric.member_first_post as f
    left join post as p
        on f.client_id = p.client_id and f.brand_id = p.brand_id and f.author_key = p.author_key
    group by f.client_id, f.brand_id, f.author_key, f.day, f.first_item_id
)

select
    c.client_id, c.brand_id, c.author_key, c.first_day, c.first_item_id, n.is_answered as is_welcomed,
    c.post_count, c.last_day, c.next_day,
    case
        when c.next_day <= c.first_day + 30 then true
        when k.cutoff_at >= (c.first_day + 32)::timestamp then false
    end as is_back_in_30_days
from counted as c
left join metric.newcomer as n
    on c.client_id = n.client_id and c.first_day = n.day and c.brand_id = n.brand_id
    and c.author_key = n.author_key
left join core.data_cutoff as k on c.client_id = k.client_id
