-- Reviews of each brand in each span, and of the twelve months that end with the reported one (spans
-- month_00 … month_11, year). Parameters: see span_volume.sql.
select
    s.name, r.brand_id,
    sum(r.review_count)::bigint as review_count,
    sum(r.rated_count)::bigint as rated_count,
    sum(r.rating_sum) as rating_sum,
    sum(r.star_1_count)::bigint as star_1_count,
    sum(r.star_2_count)::bigint as star_2_count,
    sum(r.star_3_count)::bigint as star_3_count,
    sum(r.star_4_count)::bigint as star_4_count,
    sum(r.star_5_count)::bigint as star_5_count
from report_span as s
inner join metric.review as r
    on r.client_id = getvariable('client_id') and r.day between s.start_day and s.end_day
group by s.name, r.brand_id
order by s.name, r.brand_id
