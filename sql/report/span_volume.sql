-- Volume and sentiment of the brand in each span.
-- Parameters of every file here: variables client_id and brand_id; table report_span(name, start_day,
-- end_day, start_at, end_at) with the spans reported, previous, last_year, history_00 … history_12, month_00 …
-- month_11 and year, and for spike_*.sql spike_day and spike (local days, both ends included;
-- [start_at, end_at) in UTC).
-- Run it by hand, from the project's folder:
--   set variable client_id = 'united'; set variable brand_id = 'united';
--   create or replace temp table report_span as
--       select 'reported' as name, date '2015-02-16' as start_day, date '2015-02-22' as end_day,
--           timestamp '2015-02-16 08:00' as start_at, timestamp '2015-02-23 08:00' as end_at;
--   .read sql/report/span_volume.sql
select
    s.name,
    sum(v.item_count)::bigint as item_count,
    sum(v.positive_count)::bigint as positive_count,
    sum(v.neutral_count)::bigint as neutral_count,
    sum(v.negative_count)::bigint as negative_count,
    sum(v.unscored_count)::bigint as unscored_count,
    sum(v.own_voice_count)::bigint as own_voice_count
from report_span as s
inner join metric.mention_volume as v
    on v.client_id = getvariable('client_id') and v.brand_id = getvariable('brand_id')
    and v.day between s.start_day and s.end_day
group by s.name
order by s.name
