-- Members who wrote, newcomers and posts in each span. Parameters: see span_volume.sql.
with writer as (
    select s.name, a.author_key
    from report_span as s
    inner join metric.author_activity as a
        on a.client_id = getvariable('client_id') and a.brand_id = getvariable('brand_id')
        and a.day between s.start_day and s.end_day
    where a.community_item_count > 0
    group by s.name, a.author_key
),

member as (
    select name, count(*) as active_member_count
    from writer
    group by name
),

post as (
    select s.name, sum(m.post_count)::bigint as post_count
    from report_span as s
    inner join metric.active_member as m
        on m.client_id = getvariable('client_id') and m.brand_id = getvariable('brand_id')
        and m.day between s.start_day and s.end_day
    group by s.name
),

fresh as (
    select s.name, count(*) as newcomer_count
    from report_span as s
    inner join metric.newcomer as n
        on n.client_id = getvariable('client_id') and n.brand_id = getvariable('brand_id')
        and n.day between s.start_day and s.end_day
    group by s.name
)

select
    post.name,
    post.post_count,
    coalesce(member.active_member_count, 0) as active_member_count,
    coalesce(fresh.newcomer_count, 0) as newcomer_count
from post
left join member on post.name = member.name
left join fresh on post.name = fresh.name
order by post.name
