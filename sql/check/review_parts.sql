-- severity: fail
-- message: the stars do not add up to the rated reviews, or their sum is impossible
select client_id, day, brand_id, review_count, rated_count, rating_sum
from metric.review
semi join scope_day using (client_id, day)
where
    day between getvariable('from_day') and getvariable('to_day')
    and (
        star_1_count + star_2_count + star_3_count + star_4_count + star_5_count <> rated_count
        or rated_count > review_count or unanswered_count > review_count
        or unanswered_low_count > unanswered_count
    )
order by client_id, day, brand_id;
