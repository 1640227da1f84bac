-- Messages received in the reported, previous and last year's spans, and how they were answered, as it stood when the span ended: an
-- answer that came later does not count, and a message that still waited is censored there (law 9).
-- Parameters: see span_volume.sql.
with seen as (
    select
        s.name, r.item_id, r.kind, r.channel, r.received_at,
        r.first_response_at < least(s.end_at, r.censored_at + interval 1 microsecond) as is_answered,
        least(r.censored_at, s.end_at) as censored_at,
        r.first_response_at
    from report_span as s
    inner join metric.response as r
        on r.client_id = getvariable('client_id') and r.brand_id = getvariable('brand_id')
        and r.day between s.start_day and s.end_day
    where s.name in ('reported', 'previous', 'last_year')
),

timed as (
    select
        name,
        coalesce(is_answered, false) as is_answered,
        (datesub(
            'second', received_at,
            case when is_answered then first_response_at else greatest(received_at, censored_at) end
        ) / 60)::decimal(14, 2) as minutes
    from seen
)

select
    name,
    count(*) as inbound_count,
    count(*) filter (where is_answered) as answered_count,
    wilson_low(count(*) filter (where is_answered), count(*)) as low_pct,
    wilson_high(count(*) filter (where is_answered), count(*)) as high_pct,
    km_minutes(list({'minutes': minutes, 'is_answered': is_answered}), 0.5) as median_minutes,
    km_minutes(list({'minutes': minutes, 'is_answered': is_answered}), 0.9) as p90_minutes,
    count(*) filter (where is_answered and minutes < 60) as under_1h,
    count(*) filter (where is_answered and minutes >= 60 and minutes < 240) as "1h_4h",
    count(*) filter (where is_answered and minutes >= 240 and minutes < 1440) as "4h_24h",
    count(*) filter (where is_answered and minutes >= 1440 and minutes < 4320) as "1d_3d",
    count(*) filter (where is_answered and minutes >= 4320) as over_3d,
    count(*) filter (where not is_answered) as waiting
from timed
group by name
order by name
