-- What was said of each brand in each of the client's weeks.
--   select * from report.weekly where client_id = 'united' order by week_start, brand_id;
-- A week counts the days that have a row in report.daily; measured_day_count says how many were measured
-- from end to end, of seven. Compare weeks that were measured alike.
select
    d.client_id, c.week_start, d.brand_id, d.brand_name, d.brand_kind,
    sum(d.item_count)::bigint as item_count,
    sum(d.positive_count)::bigint as positive_count,
    sum(d.neutral_count)::bigint as neutral_count,
    sum(d.negative_count)::bigint as negative_count,
    case when sum(d.positive_count + d.neutral_count + d.negative_count) > 0
        then cast(
            100 * sum(d.positive_count - d.negative_count)
            / sum(d.positive_count + d.neutral_count + d.negative_count) as decimal(5, 2)
        )
    end as net_sentiment,
    sum(d.own_voice_count)::bigint as own_voice_count,
    sum(d.engagement_count)::bigint as engagement_count,
    count(*) filter (where d.coverage = 'ok') as measured_day_count
from report.daily as d
inner join core.calendar as c on d.client_id = c.client_id and d.day = c.day
group by d.client_id, c.week_start, d.brand_id, d.brand_name, d.brand_kind
