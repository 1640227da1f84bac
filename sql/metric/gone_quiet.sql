-- Members who wrote often and have now been silent for 30 days (card: gone_quiet.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/gone_quiet.sql
-- A row stands on the 30th day of silence, so no later day can change it. Reads 119 days back: 30 of silence, and
-- the 90 that end with the last post.
with written as (
    select client_id, day, brand_id, author_key, community_item_count
    from metric.author_activity
    where
        day between getvariable('from_day') - 119 and getvariable('to_day')
        and community_item_count > 0
),

told as (
    select
        client_id, brand_id, author_key, day as last_day,
        lead(day) over (partition by client_id, brand_id, author_key order by day) as next_day,
        sum(community_item_count) over (
            partition by client_id, brand_id, author_key order by day
            range between interval 89 days preceding and current row
        ) as prior_post_count
    from written
),

silent as (
    select
        client_id, cast(last_day + 30 as date) as day, brand_id, author_key, last_day,
        cast(prior_post_count as bigint) as prior_post_count
    from told
    where prior_post_count >= 4 and (next_day is null or next_day > last_day + 30)
),

-- A silence that nobody listened to is none.
watched as (
    select
        q.client_id, q.brand_id, q.last_day,
        count(*) filter (where c.state <> 'not_measured') as measured_day_count,
        count(*) filter (where c.state = 'ok') as whole_day_count
    from (
        select distinct client_id, day, brand_id, last_day
        from silent
        semi join scope_day using (client_id, day)
        where day between getvariable('from_day') and getvariable('to_day')
    ) as q
    inner join (
        select client_id, day, brand_id, state
        from coverage_day(getvariable('from_day') - 29, getvariable('to_day'))
    ) as c
        on q.client_id = c.client_id and q.brand_id = c.brand_id
        and c.day between q.last_day + 1 and q.last_day + 30
    group by q.client_id, q.brand_id, q.last_day
)

select
    q.client_id, q.day, q.brand_id, q.author_key, q.last_day, q.prior_post_count,
    w.measured_day_count,
    case when w.whole_day_count = 30 then 'ok' else 'partial' end as coverage
from silent as q
semi join scope_day as s on q.client_id = s.client_id and q.day = s.day
inner join watched as w
    on q.client_id = w.client_id and q.brand_id = w.brand_id and q.last_day = w.last_day
where
    q.day between getvariable('from_day') and getvariable('to_day')
    and w.measured_day_count > 0
order by q.day, q.client_id, q.brand_id, q.author_key;
