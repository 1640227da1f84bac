-- The client's own themes, by its weeks: how often each was spoken of, and in what tone.
--   select * from report.themes where client_id = 'united' order by week_start, item_count desc;
-- An item about several themes counts in each of them.
select
    t.client_id, c.week_start, t.brand_id, t.theme_id,
    sum(t.item_count)::bigint as item_count,
    sum(t.positive_count)::bigint as positive_count,
    sum(t.neutral_count)::bigint as neutral_count,
    sum(t.negative_count)::bigint as negative_count,
    case when sum(t.positive_count + t.neutral_count + t.negative_count) > 0
        then cast(
            100 * sum(t.positive_count - t.negative_count)
            / sum(t.positive_count + t.neutral_count + t.negative_count) as decimal(5, 2)
        )
    end as net_sentiment
from metric.theme as t
inner join core.calendar as c on t.client_id = c.client_id and t.day = c.day
group by t.client_id, c.week_start, t.brand_id, t.theme_id
