-- State of each source on each day of the reported span, for the report's brand; a source that has left the
-- client's file before the span is not among them. What counts attention measures no brand's mentions: its
-- days are the source's own. Parameters: see span_volume.sql.
select
    d.source_id, d.day,
    case
        when c.day is not null then c.state
        when a.source_id is not null or d.cause = 'not_listed' then d.state
        else 'not_asked'
    end as state,
    case when a.source_id is null then coalesce(c.measured_hours, 0) else d.measured_hours end as measured_hours,
    d.cause
from report_span as s
inner join core.source_day as d
    on d.client_id = getvariable('client_id') and d.day between s.start_day and s.end_day
left join core.coverage_by_source as c
    on d.client_id = c.client_id and d.source_id = c.source_id and d.day = c.day
    and c.brand_id = getvariable('brand_id')
left join (
    select distinct client_id, source_id from core.attention
) as a on d.client_id = a.client_id and d.source_id = a.source_id
where s.name = 'reported'
qualify bool_or(d.cause is distinct from 'not_listed') over (partition by d.source_id)
order by d.source_id, d.day
