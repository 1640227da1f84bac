-- How many mentions of the brand people corrected in the reported span, by what was wrong.
-- Parameters: see span_volume.sql.
select
    count(*) filter (where k.is_dismissed and m.brand_id = getvariable('brand_id')) as dismissed_count,
    count(*) filter (
        where not k.is_dismissed and k.brand_id is not null and m.brand_id = getvariable('brand_id')
    ) as given_count,
    count(*) filter (
        where not (k.is_dismissed or k.is_doubled) and k.brand_id = getvariable('brand_id')
    ) as received_count,
    count(*) filter (
        where k.is_spam and not (k.is_dismissed or k.is_doubled)
            and coalesce(k.brand_id, m.brand_id) = getvariable('brand_id')
    ) as spam_count
from report_span as s
inner join core.correction as k
    on k.client_id = getvariable('client_id') and k.day between s.start_day and s.end_day
inner join core.mention as m
    on k.client_id = m.client_id and k.day = m.day and k.mention_id = m.mention_id
where s.name = 'reported'
