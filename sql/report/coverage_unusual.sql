-- Days of the reported span on which a source gave far fewer items than its own eight weeks before let expect
-- (low: number is its items, usual the median of that weekday), and its silences (silent: number is the days
-- without an item up to end_day, usual the longest silence before). See sql/macros/source_volume.sql and
-- source_silence.sql. Parameters: see span_volume.sql.
select
    v.source_id, 'low' as kind, v.day as start_day, v.day as end_day, v.item_count as number,
    round(v.median_count)::bigint as usual
from report_span as s
inner join core.source_volume as v
    on v.client_id = getvariable('client_id') and v.day between s.start_day and s.end_day
where s.name = 'reported' and v.is_low
union all
select
    q.source_id, 'silent', min(q.day), max(q.day), max(q.silent_days), max(q.longest_silence)
from report_span as s
inner join core.source_silence as q
    on q.client_id = getvariable('client_id') and q.day between s.start_day and s.end_day
where s.name = 'reported' and q.is_silent
group by q.source_id, q.last_item_day
order by source_id, kind, start_day
