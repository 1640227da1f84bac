-- severity: fail
-- message: the numbers of a week or month contradict each other
with period as (
    select distinct p.client_id, p.period, p.period_start as day
    from core.period_day as p
    semi join scope_day as s on p.client_id = s.client_id and p.day = s.day
    where p.day between getvariable('from_day') and getvariable('to_day')
),

member as (
    select
        client_id, day, period, brand_id, a.member_count, a.post_count,
        a.newcomer_count <= a.member_count and a.member_count <= a.daily_member_sum
        and a.daily_member_sum <= a.post_count and a.stickiness_pct between 0 and 100
        and p.member_count = a.member_count and p.post_count = a.post_count
        and (p.gini is null or (p.gini >= 0 and p.gini < 1))
        and p.top_1pct_post_count + p.next_9pct_post_count + p.other_90pct_post_count = p.post_count
        and f.member_count = a.member_count and f.post_count = a.post_count
        and f.absence_factor between 1 and f.member_count and 2 * f.covered_post_count >= f.post_count as fits
    from metric.active_member_period as a
    full join metric.participation as p using (client_id, day, period, brand_id)
    full join metric.absence_factor as f using (client_id, day, period, brand_id)
    where day between getvariable('from_day') - 30 and getvariable('to_day')
),

told as (
    select 'active_member_period' as metric, client_id, day, period, brand_id, coalesce(fits, false) as fits
    from member
    union all
    select
        'period_coverage', client_id, day, period, brand_id,
        whole_day_count <= measured_day_count and measured_day_count <= day_count
        and end_day - day + 1 = day_count and (is_over or coverage <> 'ok')
    from metric.period_coverage
    where day between getvariable('from_day') - 30 and getvariable('to_day')
    union all
    select
        'newcomer_conversion', client_id, day, period, brand_id,
        other_day_count <= converted_count and converted_count <= due_count and due_count <= newcomer_count
        and coalesce(conversion_pct between low_pct and high_pct, due_count = 0)
    from metric.newcomer_conversion
    where day between getvariable('from_day') - 30 and getvariable('to_day')
    union all
    select
        'retention', client_id, day, period, brand_id,
        active_count <= newcomer_count and (month_number > 0 or active_count = newcomer_count)
        and month_number between 0 and 12
    from metric.retention
    where day between getvariable('from_day') - 30 and getvariable('to_day')
    union all
    select
        'burstiness', client_id, day, period, brand_id,
        gap_count < post_count and coalesce(burstiness between -1 and 1, true)
    from metric.burstiness
    where day between getvariable('from_day') - 30 and getvariable('to_day')
    union all
    select
        'first_response_period', client_id, day, period, brand_id,
        answered_count + waiting_count = inbound_count and office_inbound_count <= inbound_count
        and coalesce(median_minutes <= p90_minutes, p90_minutes is null)
        and coalesce(office_median_minutes <= office_p90_minutes, office_p90_minutes is null)
        and coalesce(office_median_minutes <= median_minutes, true)
    from metric.first_response_period
    where day between getvariable('from_day') - 30 and getvariable('to_day')
    union all
    select
        'rate_period', client_id, day, period, brand_id,
        hit_count between 0 and case_count and rate_pct between low_pct and high_pct
        and low_pct >= 0 and high_pct <= 100
    from metric.rate_period
    where day between getvariable('from_day') - 30 and getvariable('to_day')
    union all
    select
        'reach_period', client_id, day, period, brand_id,
        known_author_count <= author_count and (unique_reach_count is null) = (known_author_count = 0)
    from metric.reach_period
    where day between getvariable('from_day') - 30 and getvariable('to_day')
)

select t.metric, t.client_id, t.day, t.period, t.brand_id
from told as t
semi join period as p on t.client_id = p.client_id and t.period = p.period and t.day = p.day
where not t.fits
order by t.metric, t.client_id, t.day, t.period, t.brand_id;
