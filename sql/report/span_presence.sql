-- What the brand says itself and how often others link to its sites, in the reported and the previous span.
-- Parameters: see span_volume.sql.
select
    s.name,
    sum(p.own_voice_count)::bigint as own_voice_count,
    sum(p.voice_count)::bigint as voice_count,
    sum(l.own_link_count)::bigint as own_link_count,
    sum(l.link_item_count)::bigint as link_item_count,
    sum(l.read_count)::bigint as read_count
from report_span as s
inner join metric.presence_proxy as p
    on p.client_id = getvariable('client_id') and p.brand_id = getvariable('brand_id')
    and p.day between s.start_day and s.end_day
left join metric.own_site_link as l
    on p.client_id = l.client_id and p.day = l.day and p.brand_id = l.brand_id
where s.name in ('reported', 'previous')
group by s.name
order by s.name
