-- Authors and potential reach of each span: followers of distinct authors (unique), and added over
-- items (gross). Both null when no follower count is known. Parameters: see span_volume.sql.
with author as (
    select
        s.name, a.author_key,
        max(a.follower_count) filter (where not stands_alone(a.network)) as follower_count,
        sum(a.item_count) as item_count
    from report_span as s
    inner join metric.author_activity as a
        on a.client_id = getvariable('client_id') and a.brand_id = getvariable('brand_id')
        and a.day between s.start_day and s.end_day
    group by s.name, a.author_key
),

gross as (
    select s.name, sum(r.gross_reach_count)::bigint as gross_reach_count
    from report_span as s
    inner join metric.potential_reach as r
        on r.client_id = getvariable('client_id') and r.brand_id = getvariable('brand_id')
        and r.day between s.start_day and s.end_day
    group by s.name
)

select
    a.name,
    count(*) as author_count,
    count(a.follower_count) as known_author_count,
    sum(a.follower_count)::bigint as unique_reach_count,
    any_value(g.gross_reach_count) as gross_reach_count
from author as a
left join gross as g on a.name = g.name
group by a.name
order by a.name
