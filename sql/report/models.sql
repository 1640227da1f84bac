-- Who gave the verdicts of the reported span. Parameters: see span_volume.sql.
select v.model, v.model_version as version, count(*) as mention_count
from report_span as s
inner join core.mention as m
    on m.client_id = getvariable('client_id') and m.brand_id = getvariable('brand_id')
    and m.day between s.start_day and s.end_day
inner join core.verdict as v
    on m.client_id = v.client_id and m.day = v.day and m.mention_id = v.mention_id and v.is_current
where s.name = 'reported'
group by v.model, v.model_version
order by mention_count desc, v.model, v.model_version
