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
order by g.source_id, g.start_at, g.end_at, g.state, g.reason
