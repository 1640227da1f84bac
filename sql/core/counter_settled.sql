-- One row an item: its interactions a week after its day, so that numbers of old periods stand still.
--   select * from core.counter_settled where client_id = 'united' and day = date '2015-02-17';
-- The last reading up to seven days after the end of the day; without one (a file exported months
-- later), the first reading after it. Null is not measured.
with ranked as (
    select
        c.*,
        coalesce(c.collected_at > d.end_at + to_days(7), true) as is_late
    from core.counter as c
    left join core.calendar as d on c.client_id = d.client_id and c.day = d.day
)

select
    client_id, day, item_id, collected_at, like_count, repost_count, reply_count, view_count,
    case when coalesce(like_count, repost_count, reply_count) is not null
        then coalesce(like_count, 0) + coalesce(repost_count, 0) + coalesce(reply_count, 0)
    end as engagement_count
from ranked
qualify row_number() over (
    partition by client_id, day, item_id
    order by
        is_late, case when not is_late then collected_at end desc nulls last, collected_at,
        like_count desc, repost_count desc, reply_count desc, view_count desc
) = 1
