-- severity: fail
-- message: the community's numbers of a day contradict each other
with held as (
    select
        client_id, day, brand_id, a.post_count, a.newcomer_count, a.answered_newcomer_count,
        w.newcomer_count as welcome_newcomer_count, w.welcomed_count,
        s.positive_count + s.neutral_count + s.negative_count as scored_count,
        s.scored_count + s.unscored_count as judged_count,
        s.scored_count as said_scored_count
    from (
        select * from metric.active_member
        where day between getvariable('from_day') and getvariable('to_day')
    ) as a
    full join (
        select * from metric.welcome_rate
        where day between getvariable('from_day') and getvariable('to_day')
    ) as w using (client_id, day, brand_id)
    full join (
        select * from metric.community_sentiment
        where day between getvariable('from_day') and getvariable('to_day')
    ) as s using (client_id, day, brand_id)
),

hourly as (
    select client_id, day, brand_id, sum(post_count) as post_count
    from metric.community_hour
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
),

topic as (
    select
        client_id, day, brand_id,
        count(*) as topic_count,
        count(*) filter (where is_answered) as answered_count
    from metric.topic
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
),

told as (
    select
        'welcome_rate' as metric, client_id, day, brand_id,
        newcomer_count = coalesce(welcome_newcomer_count, 0)
        and answered_newcomer_count = coalesce(welcomed_count, 0) as fits
    from held
    union all
    select
        'community_sentiment', client_id, day, brand_id,
        judged_count = post_count and scored_count = said_scored_count
    from held
    union all
    select 'community_hour', client_id, day, brand_id, c.post_count >= h.post_count
    from hourly as h
    left join held as c using (client_id, day, brand_id)
    union all
    select
        'reply_coverage', client_id, day, brand_id,
        t.topic_count = r.topic_count and t.answered_count = r.answered_count
        and r.answered_by_brand_count <= r.answered_count
    from topic as t
    full join (
        select * from metric.reply_coverage
        where day between getvariable('from_day') and getvariable('to_day')
    ) as r using (client_id, day, brand_id)
    union all
    select
        'thank_rate', client_id, day, brand_id,
        read_count <= reply_count and thanks_count <= read_count and own_read_count <= read_count
        and own_thanks_count <= least(own_read_count, thanks_count)
    from metric.thank_rate
    where day between getvariable('from_day') and getvariable('to_day')
    union all
    select
        'humanised_reply', client_id, day, brand_id,
        greatest(addressed_count, signed_count, initialled_count, read_count) <= reply_count
        and greatest(empathy_count, thanks_count, follow_up_count) <= read_count
    from metric.humanised_reply
    where day between getvariable('from_day') and getvariable('to_day')
)

select metric, client_id, day, brand_id
from told
semi join scope_day using (client_id, day)
where fits is distinct from true
order by metric, client_id, day, brand_id;
