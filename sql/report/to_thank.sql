-- Members who were thanked most in the reported span, or answered most topics first; without those who may
-- not be named, who are counted. Parameters: see span_volume.sql, and before/withheld.sql.
with helper as (
    select
        m.author_key,
        sum(m.thanks_count)::bigint as thanks_count,
        sum(m.first_answer_count)::bigint as first_answer_count,
        sum(m.reply_count)::bigint as reply_count
    from report_span as s
    inner join metric.member_help as m
        on m.client_id = getvariable('client_id') and m.brand_id = getvariable('brand_id')
        and m.day between s.start_day and s.end_day
    where s.name = 'reported' and not m.is_own_voice
    group by m.author_key
    having sum(m.thanks_count + m.first_answer_count) > 0
),

named as (
    select
        coalesce('@' || ltrim(i.handle, '@'), i.author_name) as author,
        h.* exclude (author_key),
        n.author_key is null and coalesce(i.handle, i.author_name) is not null as may_be_named
    from helper as h
    left join core.author_identity as i
        on i.client_id = getvariable('client_id') and h.author_key = i.author_key
    left join report_nameless as n on h.author_key = n.author_key
)

select
    author, thanks_count, first_answer_count, reply_count,
    (select count(*) from named where not may_be_named) as hidden_count
from named
where may_be_named
order by thanks_count desc, first_answer_count desc, reply_count desc, author
limit 10
