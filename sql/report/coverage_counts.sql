-- Items of the reported span that count nowhere, and why: they name no brand, are excluded as noise, or
-- came through a second source. Parameters: see span_volume.sql.
select
    count(*) filter (where i.exclusion is not null) as excluded_count,
    count(*) filter (where not i.is_primary) as duplicate_count,
    count(*) filter (where i.exclusion is null and i.is_primary and m.item_id is null) as unmatched_count
from report_span as s
inner join core.item as i
    on i.client_id = getvariable('client_id') and i.day between s.start_day and s.end_day
left join (
    select distinct client_id, day, item_id from core.mention
) as m on i.client_id = m.client_id and i.day = m.day and i.item_id = m.item_id
where s.name = 'reported'
