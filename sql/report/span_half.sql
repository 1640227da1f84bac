-- How few members wrote half of the posts of the reported, previous and last year's spans: the absence factor
-- (card absence_factor.yml) of days that need not be a week or a month. Parameters: see span_volume.sql.
with member as (
    select s.name, a.author_key, sum(a.community_item_count)::bigint as post_count
    from report_span as s
    inner join metric.author_activity as a
        on a.client_id = getvariable('client_id') and a.brand_id = getvariable('brand_id')
        and a.day between s.start_day and s.end_day
    where s.name in ('reported', 'previous', 'last_year') and a.community_item_count > 0
    group by s.name, a.author_key
),

summed as (
    select
        name,
        row_number() over (partition by name order by post_count desc, author_key) as member_number,
        sum(post_count) over (
            partition by name order by post_count desc, author_key rows unbounded preceding
        ) as running_count,
        sum(post_count) over (partition by name) as total_count,
        count(*) over (partition by name) as member_count
    from member
)

select
    name,
    min(member_number) as half_member_count,
    any_value(member_count) as member_count,
    any_value(total_count)::bigint as post_count
from summed
where 2 * running_count >= total_count
group by name
order by name
