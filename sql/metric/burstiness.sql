-- Whether a community writes steadily or in bursts (card: burstiness.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/burstiness.sql
-- A row is about the week or month whose first day is in scope_day; the month's days reach 30 days past it.
-- A gap with a day between that nobody measured is unknown, and left out.
with period as (
    select p.client_id, p.period, p.period_start, p.day
    from core.period_day as p
    semi join scope_day as s on p.client_id = s.client_id and p.period_start = s.day
    where p.day between getvariable('from_day') and getvariable('to_day') + 30
),

-- How many of the stretch's days up to this one nobody measured: it stays equal where none lies between.
unmeasured as (
    select
        client_id, day, brand_id,
        count(*) filter (where state = 'not_measured') over (
            partition by client_id, brand_id order by day
        ) as unmeasured_count
    from coverage_day(getvariable('from_day'), getvariable('to_day') + 30)
),

post as (
    select
        p.client_id, p.period, p.period_start, m.brand_id, m.published_at, m.item_id, u.unmeasured_count
    from period as p
    inner join core.mention_current as m on p.client_id = m.client_id and p.day = m.day
    left join unmeasured as u
        on m.client_id = u.client_id and m.day = u.day and m.brand_id = u.brand_id
    where
        m.day between getvariable('from_day') and getvariable('to_day') + 30
        and m.channel = 'community' and not m.is_own_voice
),

gap as (
    select
        client_id, period, period_start, brand_id,
        case
            when unmeasured_count is not distinct from lag(unmeasured_count) over each_period
                then datesub('second', lag(published_at) over each_period, published_at)
        end as seconds
    from post
    window each_period as (
        partition by client_id, period, period_start, brand_id order by published_at, item_id
    )
),

summed as (
    select
        client_id, period, period_start, brand_id,
        count(*) as post_count,
        count(seconds) as gap_count,
        cast(sum(seconds) as hugeint) as sum_1,
        sum(cast(seconds as hugeint) * seconds) as sum_2
    from gap
    group by client_id, period, period_start, brand_id
),

-- σ and μ times the number of gaps, in whole seconds up to the one root.
moment as (
    select *, cast(sum_1 as double) as mu, sqrt(cast(gap_count * sum_2 - sum_1 * sum_1 as double)) as sigma
    from summed
),

measured as (
    select client_id, period, day as period_start, brand_id, is_over, coverage
    from metric.period_coverage
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
)

select
    client_id, period_start as day, period, brand_id, post_count, gap_count,
    case when gap_count > 0 then cast(mu / gap_count / 60 as decimal(14, 2)) end as mean_gap_minutes,
    case when gap_count > 1 and mu + sigma > 0
        then cast((sigma - mu) / (sigma + mu) as decimal(5, 4))
    end as burstiness,
    coalesce(m.is_over, false) as is_over,
    case when m.coverage = 'ok' then 'ok' else 'partial' end as coverage
from moment
left join measured as m using (client_id, period, period_start, brand_id)
order by day, client_id, period, brand_id;
