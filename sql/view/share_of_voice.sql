-- Each brand's share of the items that name it or a declared competitor, by the client's weeks.
--   select * from report.share_of_voice where client_id = 'united' order by week_start, share_pct desc;
-- Of the days on which all brands of the set were measured: the same days for each of them.
with shared_day as (
    select client_id, day, brand_id, item_count
    from metric.share_of_voice
    where missing_brand_count = 0
)

select
    s.client_id, c.week_start, s.brand_id, b.brand_name, b.kind as brand_kind,
    sum(s.item_count)::bigint as item_count,
    sum(sum(s.item_count)) over one_week::bigint as set_item_count,
    case when sum(sum(s.item_count)) over one_week > 0
        then cast(100 * sum(s.item_count) / sum(sum(s.item_count)) over one_week as decimal(5, 2))
    end as share_pct,
    count(*) as day_count
from shared_day as s
inner join core.calendar as c on s.client_id = c.client_id and s.day = c.day
inner join core.brand as b on s.client_id = b.client_id and s.brand_id = b.brand_id
group by s.client_id, c.week_start, s.brand_id, b.brand_name, b.kind
window one_week as (partition by s.client_id, c.week_start)
