-- The brand's replies in the reported, previous and last year's spans, by what makes them human: one row a span
-- and trait. Parameters: see span_volume.sql.
with summed as (
    select
        s.name,
        sum(h.reply_count)::bigint as reply_count,
        sum(h.read_count)::bigint as read_count,
        sum(h.addressed_count)::bigint as addressed,
        sum(h.signed_count)::bigint as signed,
        sum(h.empathy_count)::bigint as empathy,
        sum(h.thanks_count)::bigint as thanks,
        sum(h.follow_up_count)::bigint as follow_up
    from report_span as s
    inner join metric.humanised_reply as h
        on h.client_id = getvariable('client_id') and h.brand_id = getvariable('brand_id')
        and h.day between s.start_day and s.end_day
    where s.name in ('reported', 'previous', 'last_year')
    group by s.name
),

-- Names are seen in any language, feelings in those that are read.
trait as (
    select name, 'addressed' as trait, addressed as trait_count, reply_count as n from summed
    union all
    select name, 'signed', signed, reply_count from summed
    union all
    select name, 'empathy', empathy, read_count from summed
    union all
    select name, 'thanks', thanks, read_count from summed
    union all
    select name, 'follow_up', follow_up, read_count from summed
)

select
    name, trait, trait_count, n,
    wilson_low(trait_count, n) as low_pct,
    wilson_high(trait_count, n) as high_pct
from trait
order by name, trait
