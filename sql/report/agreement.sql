-- How often each model's current verdicts agree with people, by language: over the client's checked mentions
-- up to the end of the reported span, whichever of its brands they are about.
-- Parameters: see span_volume.sql.
select
    c.language, c.model, c.model_version as version,
    count(*) as checked_count,
    count(*) filter (where c.is_agreed) as agreed_count,
    wilson_low(count(*) filter (where c.is_agreed), count(*)) as low_pct,
    wilson_high(count(*) filter (where c.is_agreed), count(*)) as high_pct
from report_span as s
inner join core.sentiment_checked as c
    on c.client_id = getvariable('client_id') and c.day <= s.end_day
where s.name = 'reported'
group by c.language, c.model, c.model_version
order by checked_count desc, c.language, c.model, c.model_version
