-- Share of messages answered within so many minutes in the reported span (Kaplan–Meier): one row each
-- time that an answer came. Parameters: see span_volume.sql. Source: see macro km_minutes.
with timed as (
    select
        coalesce(r.first_response_at < s.end_at, false) as is_answered,
        (datesub(
            'second', r.received_at,
            case
                when r.first_response_at < s.end_at then r.first_response_at
                else greatest(r.received_at, least(r.censored_at, s.end_at))
            end
        ) / 60)::decimal(14, 2) as minutes
    from report_span as s
    inner join metric.response as r
        on r.client_id = getvariable('client_id') and r.brand_id = getvariable('brand_id')
        and r.day between s.start_day and s.end_day
    where s.name = 'reported'
),

step as (
    select minutes, count(*) as case_count, count(*) filter (where is_answered) as answered_count
    from timed
    group by minutes
),

risk as (
    select minutes, answered_count, sum(case_count) over (order by minutes desc) as open_count
    from step
)

select
    minutes,
    round(100 * (1 - product(1 - answered_count / open_count) over (order by minutes)), 2) as answered_pct
from risk
where answered_count > 0
order by minutes
