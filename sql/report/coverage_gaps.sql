-- What each source was asked for in the reported span, as intervals, for the report's brand.
-- Parameters: see span_volume.sql.
select g.source_id, g.start_at, g.end_at, g.state, g.reason
from report_span as s
inner join core.brand as b
    on b.client_id = getvariable('client_id') and b.brand_id = getvariable('brand_id')
inner join ops.coverage as g
    on g.client_id = b.client_id and g.query in ('*', b.brand_id, b.parent_brand_id)
    and g.start_at < s.end_at and g.end_at > s.start_at
where s.name = 'reported'
union all
-- What counts attention was asked day by day.
select d.source_id, c.start_at, c.end_at, d.state, d.reason
from report_span as s
inner join core.source_day as d
    on d.client_id = getvariable('client_id') and d.day between s.start_day and s.end_day
inner join core.calendar as c on d.client_id = c.client_id and d.day = c.day
semi join core.attention as a on d.client_id = a.client_id and d.source_id = a.source_id
where s.name = 'reported' and d.cause is null
order by source_id, start_at, end_at, state, reason
