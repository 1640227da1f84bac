-- What of the reported span counts nowhere, and why, one row a reason. Parameters: see mention.sql.
with item as (
    select i.*
    from report_span as s
    inner join core.item as i
        on i.client_id = getvariable('client_id') and i.day between s.start_day and s.end_day
    where s.name = 'reported'
),

reason as (
    select
        case
            when i.withdrawn_at is not null then 'withdrawn'
            when i.exclusion is not null then 'excluded'
            when not i.is_primary then 'copy'
            when m.item_id is null then 'unmatched'
        end as reason
    from item as i
    left join (
        select distinct item_id from core.mention where client_id = getvariable('client_id')
    ) as m on i.item_id = m.item_id
    union all
    select 'dismissed'
    from item as i
    inner join core.mention as m
        on i.client_id = m.client_id and i.day = m.day and i.item_id = m.item_id
        and m.brand_id = getvariable('brand_id')
    inner join core.correction as k
        on m.client_id = k.client_id and m.day = k.day and m.mention_id = k.mention_id
    where k.is_dismissed or (k.brand_id is not null and k.brand_id <> m.brand_id)
    union all
    select 'own_voice'
    from item as i
    inner join core.mention_current as m
        on i.client_id = m.client_id and i.day = m.day and i.item_id = m.item_id
        and m.brand_id = getvariable('brand_id')
    where m.is_own_voice
)

select reason, count(*) as item_count
from reason
where reason is not null
group by reason
order by reason
