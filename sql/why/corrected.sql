-- The corrections that stand of mentions in the reported span. Parameters: see mention.sql.
select c.mention_id, c.field, c.action, c.value, c.recorded_at, c.recorded_by, c.note
from report_span as s
inner join core.correction_standing as c
    on c.client_id = getvariable('client_id') and c.day between s.start_day and s.end_day
inner join core.mention as m
    on c.client_id = m.client_id and c.day = m.day and c.mention_id = m.mention_id
left join core.correction as k
    on c.client_id = k.client_id and c.day = k.day and c.mention_id = k.mention_id
where
    s.name = 'reported' and c.action <> 'undo'
    and getvariable('brand_id') in (m.brand_id, k.brand_id)
order by c.recorded_at, c.mention_id, c.field, c.value
