-- Who gave the sentiment of the reported span's mentions by others; `person` where people corrected or
-- confirmed it. Parameters: see span_volume.sql.
select m.model, m.model_version as version, count(*) as mention_count
from report_span as s
inner join core.mention_current as m
    on m.client_id = getvariable('client_id') and m.brand_id = getvariable('brand_id')
    and m.day between s.start_day and s.end_day
where s.name = 'reported' and m.model is not null and not m.is_own_voice
group by m.model, m.model_version
order by mention_count desc, m.model, m.model_version
