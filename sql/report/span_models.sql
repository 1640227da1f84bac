-- Which models judged the mentions by others in the compared spans, by source and language; people's own
-- judgements left out. Parameters: see span_volume.sql.
select
    s.name, m.source_id, m.language, m.model, m.model_version as version, count(*) as mention_count
from report_span as s
inner join core.mention_current as m
    on m.client_id = getvariable('client_id') and m.brand_id = getvariable('brand_id')
    and m.day between s.start_day and s.end_day
where
    s.name in ('reported', 'previous', 'last_year')
    and m.model is not null and m.model <> 'person' and not m.is_own_voice
group by s.name, m.source_id, m.language, m.model, m.model_version
order by s.name, m.source_id, m.language, m.model, m.model_version
