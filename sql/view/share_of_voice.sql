-- Each brand's share of the items that name it or a declared competitor, by the client's weeks.
--   select * from report.share_of_voice where client_id = 'united' order by week_start, share_pct desc;
-- Of the days on which all brands of the set were measured alike: the same days for each of them.
with said as (
    select client_id, day, brand_id, item_count, coverage, coverage in ('ok', 'partial') as is_shared
    from metric.share_of_voice
),

weekly as (
    select
        s.client_id, c.week_start, s.brand_id,
        (sum(s.item_count) filter (where s.is_shared))::bigint as item_count,
        count(*) filter (where s.is_shared) as day_count,
        count(*) filter (where not s.is_shared) as left_out_day_count,
        bool_and(s.coverage = 'ok') as is_whole,
        bool_and(s.coverage = 'not_measured') as is_unmeasured
    from said as s
    inner join core.calendar as c on s.client_id = c.client_id and s.day = c.day
    group by s.client_id, c.week_start, s.brand_id
)

select
    w.client_id, w.week_start, w.brand_id, b.brand_name, b.kind as brand_kind,
    w.item_count,
    sum(w.item_count) over one_week::bigint as set_item_count,
    case when sum(w.item_count) over one_week > 0
        then cast(100 * w.item_count / sum(w.item_count) over one_week as decimal(5, 2))
    end as share_pct,
    w.day_count, w.left_out_day_count,
    case
        when w.is_whole then 'ok'
        when w.day_count > 0 then 'partial'
        when w.is_unmeasured then 'not_measured'
        else 'not_comparable'
    end as coverage
from weekly as w
inner join core.brand as b on w.client_id = b.client_id and w.brand_id = b.brand_id
window one_week as (partition by w.client_id, w.week_start)
