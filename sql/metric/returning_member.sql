-- Members who write again after 30 days or more of silence (card: returning_member.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/returning_member.sql
with written as (
    select
        client_id, day, brand_id, author_key, community_item_count,
        lag(day) over (partition by client_id, brand_id, author_key order by day) as earlier_day
    from metric.author_activity
    where
        day between getvariable('from_day') - 30 and getvariable('to_day')
        and community_item_count > 0
),

back as (
    select w.client_id, w.day, w.brand_id, w.author_key, w.community_item_count as post_count, f.day as first_day
    from written as w
    semi join scope_day as s on w.client_id = s.client_id and w.day = s.day
    inner join metric.member_first_post as f
        on w.client_id = f.client_id and w.brand_id = f.brand_id and w.author_key = f.author_key
    where
        w.day between getvariable('from_day') and getvariable('to_day')
        and f.day < w.day - 30
        and (w.earlier_day is null or w.earlier_day < w.day - 30)
),

watched as (
    select
        b.client_id, b.day, b.brand_id,
        count(*) filter (where c.state <> 'not_measured') as measured_day_count,
        count(*) filter (where c.state = 'ok') as whole_day_count
    from (select distinct client_id, day, brand_id from back) as b
    inner join (
        select client_id, day, brand_id, state
        from coverage_day(getvariable('from_day') - 30, getvariable('to_day'))
    ) as c
        on b.client_id = c.client_id and b.brand_id = c.brand_id
        and c.day between b.day - 30 and b.day - 1
    group by b.client_id, b.day, b.brand_id
)

select
    b.client_id, b.day, b.brand_id, b.author_key, b.first_day, b.post_count, w.measured_day_count,
    case when w.whole_day_count = 30 then 'ok' else 'partial' end as coverage
from back as b
inner join watched as w
    on b.client_id = w.client_id and b.day = w.day and b.brand_id = w.brand_id
where w.measured_day_count > 0
order by b.day, b.client_id, b.brand_id, b.author_key;
