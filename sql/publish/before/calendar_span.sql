-- First and last local day that a client's calendar must hold: those of its items, old and staged, the
-- days of its coverage (a day wider, since a UTC date is not a local one), those it held before, and the
-- last ones of its reports: a rebuild must know them though no source gave anything on them.
-- Parameter: the client's id.
with span as (
    select client_id, min(day) as first_day, max(day) as last_day from staged_item group by client_id
    union all
    select client_id, min(start_at)::date - 1, max(end_at)::date + 1 from staged_coverage group by client_id
    union all
    select client_id, min(day), max(day) from core.calendar group by client_id
    union all
    select client_id, null, max(json_extract_string(body, '$.key.period')[-10:]::date)
    from ops.journal
    where kind = 'edition'
    group by client_id
)

select min(first_day) as first_day, max(last_day) as last_day from span where client_id = ?
