-- severity: fail
-- message: a stretch of coverage ends before it starts, or its state is none that is known
select g.client_id, g.source_id, g.start_at, g.end_at, g.state
from ops.coverage as g
semi join (
    select d.client_id, min(d.start_at) as start_at, max(d.end_at) as end_at
    from core.calendar as d
    semi join scope_day as s on d.client_id = s.client_id and d.day = s.day
    group by d.client_id
) as asked on g.client_id = asked.client_id and g.start_at < asked.end_at and g.end_at >= asked.start_at
where
    g.end_at < g.start_at
    or (g.state in (
        'ok', 'ok_empty', 'partial', 'throttled', 'auth_failed', 'source_down', 'not_configured', 'not_asked'
    )) is distinct from true
order by g.client_id, g.source_id, g.start_at;
