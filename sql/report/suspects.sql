-- How many mentions of the reported span look like spam or automated; they are counted like all others.
-- Parameters: see span_volume.sql.
select
    count(*) as item_count,
    count(*) filter (where m.is_spam or m.is_bot_like) as suspect_count,
    count(*) filter (where m.is_spam) as spam_count,
    count(*) filter (where m.is_bot_like) as bot_like_count
from report_span as s
inner join core.mention_current as m
    on m.client_id = getvariable('client_id') and m.brand_id = getvariable('brand_id')
    and m.day between s.start_day and s.end_day
where s.name = 'reported' and not m.is_own_voice
