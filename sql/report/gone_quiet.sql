-- Regulars whose silence reached 30 days in the reported span and lasted until its end; without those who may
-- not be named, who are counted. Parameters: see span_volume.sql, and before/withheld.sql.
with quiet as (
    select q.author_key, q.last_day, q.prior_post_count
    from report_span as s
    inner join metric.gone_quiet as q
        on q.client_id = getvariable('client_id') and q.brand_id = getvariable('brand_id')
        and q.day between s.start_day and s.end_day
    where
        s.name = 'reported'
        and not exists (
            select 1
            from metric.author_activity as a
            where
                a.client_id = q.client_id and a.brand_id = q.brand_id and a.author_key = q.author_key
                and a.day > q.day and a.day <= s.end_day and a.community_item_count > 0
        )
),

named as (
    select
        coalesce('@' || ltrim(i.handle, '@'), i.author_name) as author,
        q.last_day, q.prior_post_count,
        n.author_key is null and coalesce(i.handle, i.author_name) is not null as may_be_named
    from quiet as q
    left join core.author_identity as i
        on i.client_id = getvariable('client_id') and q.author_key = i.author_key
    left join report_nameless as n on q.author_key = n.author_key
)

select
    author, last_day, prior_post_count,
    (select count(*) from named where not may_be_named) as hidden_count
from named
where may_be_named
order by prior_post_count desc, last_day, author
limit 10
