-- What some sources alone said of the brand, in the reported span and in one that it is compared with: a
-- post counts when one of them brought it, also where another source brought it first.
-- Parameters: see span_volume.sql; table report_bridge(name, source_id), the span and its common sources.
with side as (
    select distinct b.name, s.name as side, s.start_day, s.end_day
    from report_bridge as b
    inner join report_span as s on s.name in ('reported', b.name)
),

brought as (
    select distinct d.name, d.side, i.original_id
    from side as d
    inner join report_bridge as b on d.name = b.name
    inner join core.item as i
        on i.client_id = getvariable('client_id') and i.source_id = b.source_id
        -- Two sources may give a post two dates, a day apart.
        and i.day between d.start_day - 1 and d.end_day + 1
    where i.withdrawn_at is null
)

select
    d.name, d.side,
    count(*) as item_count,
    count(*) filter (where m.sentiment = 'positive') as positive_count,
    count(*) filter (where m.sentiment = 'neutral') as neutral_count,
    count(*) filter (where m.sentiment = 'negative') as negative_count,
    sum(m.engagement_count) filter (where not stands_alone(m.network))::bigint as engagement_count,
    count(m.engagement_count) filter (where not stands_alone(m.network)) as measured_item_count
from side as d
inner join core.mention_current as m
    on m.client_id = getvariable('client_id') and m.brand_id = getvariable('brand_id')
    and m.day between d.start_day and d.end_day and not m.is_own_voice
inner join brought as o on d.name = o.name and d.side = o.side and m.original_id = o.original_id
group by d.name, d.side
order by d.name, d.side
