-- The reputation index of the 28 days that end with a day, with its components (card: reputation_index.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/reputation_index.sql
-- The report computes the same index over its own period: sql/report/span_reputation.sql.
with span as (
    select s.client_id, s.day, b.brand_id
    from scope_day as s
    inner join core.brand as b using (client_id)
),

tone as (
    select
        s.client_id, s.day, s.brand_id,
        cast(sum(t.positive_count - t.negative_count) as bigint) as balance_count,
        cast(sum(t.scored_count) as bigint) as scored_count
    from span as s
    inner join metric.net_sentiment as t
        on s.client_id = t.client_id and s.brand_id = t.brand_id
        and t.day between s.day - 27 and s.day
    where t.day between getvariable('from_day') - 27 and getvariable('to_day')
    group by s.client_id, s.day, s.brand_id
),

-- Praise of the set counts on days on which the brands of the set were measured alike.
praise as (
    select
        v.client_id, v.day, v.brand_id, t.positive_count,
        sum(t.positive_count) over (partition by v.client_id, v.day) as set_positive_count
    from metric.share_of_voice as v
    left join metric.net_sentiment as t using (client_id, day, brand_id)
    where
        v.day between getvariable('from_day') - 27 and getvariable('to_day')
        and v.coverage in ('ok', 'partial')
),

voice as (
    select
        s.client_id, s.day, s.brand_id,
        cast(sum(p.positive_count) as bigint) as positive_count,
        cast(sum(p.set_positive_count) as bigint) as set_positive_count
    from span as s
    inner join praise as p
        on s.client_id = p.client_id and s.brand_id = p.brand_id
        and p.day between s.day - 27 and s.day
    group by s.client_id, s.day, s.brand_id
),

star as (
    select
        s.client_id, s.day, s.brand_id,
        sum(r.rating_sum) as rating_sum,
        cast(sum(r.rated_count) as bigint) as rated_count
    from span as s
    inner join metric.review as r
        on s.client_id = r.client_id and s.brand_id = r.brand_id
        and r.day between s.day - 27 and s.day
    where r.day between getvariable('from_day') - 27 and getvariable('to_day')
    group by s.client_id, s.day, s.brand_id
),

answer as (
    select
        s.client_id, s.day, s.brand_id,
        cast(sum(r.answered_count) as bigint) as answered_count,
        cast(sum(r.inbound_count) as bigint) as inbound_count
    from span as s
    inner join metric.response_rate as r
        on s.client_id = r.client_id and s.brand_id = r.brand_id
        and r.day between s.day - 27 and s.day
    where r.day between getvariable('from_day') - 27 and getvariable('to_day')
    group by s.client_id, s.day, s.brand_id
),

part as (
    select
        client_id, day, brand_id, 'net_sentiment' as component, scored_count as n,
        100 * balance_count / nullif(scored_count, 0) as value
    from tone
    union all
    select
        client_id, day, brand_id, 'positive_share_of_voice', set_positive_count,
        100 * positive_count / nullif(set_positive_count, 0)
    from voice
    union all
    select
        client_id, day, brand_id, 'review_score', rated_count,
        cast(rating_sum as double) / nullif(rated_count, 0)
    from star
    union all
    select
        client_id, day, brand_id, 'response_rate', inbound_count,
        100 * answered_count / nullif(inbound_count, 0)
    from answer
),

weighed as (
    select p.*, reputation_score(p.component, p.value) as score, w.weight
    from part as p
    inner join core.reputation_weight as w
        on p.client_id = w.client_id and p.component = w.component
    where p.n >= w.minimum_n and p.value is not null and w.weight > 0
),

whole as (
    select client_id, sum(weight) as weight
    from core.reputation_weight
    group by client_id
)

select
    s.client_id, s.day, s.brand_id,
    reputation_index(
        sum(k.score * k.weight), sum(k.weight), any_value(w.weight), count(k.component)
    ) as reputation_index,
    max(k.score) filter (where k.component = 'net_sentiment') as net_sentiment_score,
    max(k.score) filter (where k.component = 'positive_share_of_voice') as positive_voice_score,
    max(k.score) filter (where k.component = 'review_score') as review_score,
    max(k.score) filter (where k.component = 'response_rate') as response_score,
    cast(100 * coalesce(sum(k.weight), 0) / any_value(w.weight) as decimal(5, 2)) as known_weight_pct
from span as s
inner join weighed as k using (client_id, day, brand_id)
inner join whole as w on s.client_id = w.client_id
group by s.client_id, s.day, s.brand_id
order by s.day, s.client_id, s.brand_id;
