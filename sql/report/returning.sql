-- Members who wrote again in the reported span after 30 days or more of silence; without those who may not be
-- named, who are counted. Parameters: see span_volume.sql, and before/withheld.sql.
with back as (
    select r.author_key, min(r.day) as day, min(r.first_day) as first_day
    from report_span as s
    inner join metric.returning_member as r
        on r.client_id = getvariable('client_id') and r.brand_id = getvariable('brand_id')
        and r.day between s.start_day and s.end_day
    where s.name = 'reported'
    group by r.author_key
),

named as (
    select
        coalesce('@' || ltrim(i.handle, '@'), i.author_name) as author,
        b.day, b.first_day,
        n.author_key is null and coalesce(i.handle, i.author_name) is not null as may_be_named
    from back as b
    left join core.author_identity as i
        on i.client_id = getvariable('client_id') and b.author_key = i.author_key
    left join report_nameless as n on b.author_key = n.author_key
)

select
    author, day, first_day,
    (select count(*) from named where not may_be_named) as hidden_count
from named
where may_be_named
order by day desc, first_day, author
limit 10
