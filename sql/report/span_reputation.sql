-- The components of the reputation index in each compared span, with what they weigh, and the index of those
-- that have enough cases. The formula of metric.reputation_index over the whole span; answers count as they
-- stood when the span ended. Parameters: see span_volume.sql, and the table report_weight(component, weight,
-- minimum_n).
with span as (
    select * from report_span where name in ('reported', 'previous', 'last_year')
),

-- Praise of the set counts on days on which the brands of the set were measured alike.
praise as (
    select v.day, v.brand_id, t.positive_count
    from metric.share_of_voice as v
    left join metric.net_sentiment as t
        on v.client_id = t.client_id and v.day = t.day and v.brand_id = t.brand_id
    where v.client_id = getvariable('client_id') and v.coverage in ('ok', 'partial')
),

part as (
    select
        s.name, 'net_sentiment' as component, sum(t.scored_count)::bigint as n,
        100 * sum(t.positive_count - t.negative_count)::bigint / nullif(sum(t.scored_count)::bigint, 0)
            as value
    from span as s
    inner join metric.net_sentiment as t
        on t.client_id = getvariable('client_id') and t.brand_id = getvariable('brand_id')
        and t.day between s.start_day and s.end_day
    group by s.name
    union all
    select
        s.name, 'positive_share_of_voice', sum(p.positive_count)::bigint,
        100 * (sum(p.positive_count) filter (where p.brand_id = getvariable('brand_id')))::bigint
        / nullif(sum(p.positive_count)::bigint, 0)
    from span as s
    inner join praise as p on p.day between s.start_day and s.end_day
    group by s.name
    union all
    select
        s.name, 'review_score', sum(r.rated_count)::bigint,
        sum(r.rating_sum)::double / nullif(sum(r.rated_count)::bigint, 0)
    from span as s
    inner join metric.review as r
        on r.client_id = getvariable('client_id') and r.brand_id = getvariable('brand_id')
        and r.day between s.start_day and s.end_day
    group by s.name
    union all
    select
        s.name, 'response_rate', count(*),
        100 * count(*) filter (where r.first_response_at < s.end_at) / count(*)
    from span as s
    inner join metric.response as r
        on r.client_id = getvariable('client_id') and r.brand_id = getvariable('brand_id')
        and r.day between s.start_day and s.end_day
    group by s.name
),

weighed as (
    select
        s.name, w.component, w.weight, coalesce(p.n, 0) as n, p.value,
        case when p.n >= w.minimum_n then reputation_score(w.component, p.value) end as score
    from span as s
    cross join report_weight as w
    left join part as p on s.name = p.name and w.component = p.component
    where w.weight > 0
)

select
    name, component, weight, n, value, score,
    reputation_index(
        sum(score * weight) over one, sum(weight) filter (where score is not null) over one,
        sum(weight) over one, count(score) over one
    ) as reputation_index
from weighed
window one as (partition by name)
order by name, weight desc, component
