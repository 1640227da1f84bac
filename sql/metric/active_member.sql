-- Who wrote in a brand's community, and how much (card: active_member.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/active_member.sql
-- No row on a day without posts: core.coverage_day tells whether the brand was watched at all.
with written as (
    select
        client_id, day, brand_id,
        count(*) as post_count,
        count(distinct author_key) as member_count,
        count(*) filter (where author_key is null) as unknown_author_post_count
    from core.mention_current
    semi join scope_day using (client_id, day)
    where
        day between getvariable('from_day') and getvariable('to_day')
        and channel = 'community' and not is_own_voice
    group by client_id, day, brand_id
),

arrived as (
    select
        client_id, day, brand_id,
        count(*) as newcomer_count,
        count(*) filter (where is_answered) as answered_newcomer_count
    from metric.newcomer
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id
)

select
    w.client_id, w.day, w.brand_id, w.post_count, w.member_count, w.unknown_author_post_count,
    coalesce(a.newcomer_count, 0) as newcomer_count,
    coalesce(a.answered_newcomer_count, 0) as answered_newcomer_count,
    case when m.state = 'ok' then 'ok' else 'partial' end as coverage
from written as w
left join arrived as a using (client_id, day, brand_id)
left join (
    select client_id, day, brand_id, state
    from coverage_day(getvariable('from_day'), getvariable('to_day'))
) as m using (client_id, day, brand_id)
order by w.day, w.client_id, w.brand_id;
