-- Reviews of a brand: how many, their stars, how many unanswered (card: review.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/review.sql
-- No row on a day without reviews: coverage is kept by brand, and a brand that is watched on a
-- social network only has no review sites to say zero about. Spam counts as a review, and waits for no answer.
select
    m.client_id, m.day, m.brand_id,
    count(*) as review_count,
    count(m.rating) as rated_count,
    cast(sum(m.rating) as decimal(14, 2)) as rating_sum,
    count(*) filter (where m.rating < 1.5) as star_1_count,
    count(*) filter (where m.rating >= 1.5 and m.rating < 2.5) as star_2_count,
    count(*) filter (where m.rating >= 2.5 and m.rating < 3.5) as star_3_count,
    count(*) filter (where m.rating >= 3.5 and m.rating < 4.5) as star_4_count,
    count(*) filter (where m.rating >= 4.5) as star_5_count,
    count(*) filter (where not r.is_answered) as unanswered_count,
    count(*) filter (where not r.is_answered and m.rating < 2.5) as unanswered_low_count,
    coalesce(bool_and(r.is_settled), true) as is_settled
from core.mention_current as m
semi join scope_day as s on m.client_id = s.client_id and m.day = s.day
left join (
    select client_id, day, brand_id, item_id, is_answered, is_settled
    from metric.response
    where day between getvariable('from_day') and getvariable('to_day')
) as r
    on m.client_id = r.client_id and m.day = r.day
    and m.brand_id = r.brand_id and m.item_id = r.item_id
where
    m.day between getvariable('from_day') and getvariable('to_day')
    and is_review(m.kind, m.channel) and m.kind is distinct from 'repost' and not m.is_own_voice
group by m.client_id, m.day, m.brand_id
order by m.day, m.client_id, m.brand_id;
