-- The mentions of one item: the brand of each and why it matched, and how it counts in the end.
-- Parameters: client_id, day, item_id.
select
    m.mention_id, m.brand_id as matched_brand_id, m.matched_by, m.matched_term, m.is_addressed,
    coalesce(c.brand_id, k.brand_id, m.brand_id) as brand_id, b.brand_name,
    c.mention_id is not null as is_counted,
    case
        when c.mention_id is not null then null
        when k.is_dismissed then 'dismissed'
        when k.is_doubled then 'doubled'
        when i.withdrawn_at is not null then 'withdrawn'
        when i.exclusion is not null then 'excluded'
        when not i.is_primary then 'copy'
        else 'brand_left'
    end as reason,
    c.is_own_voice, c.is_inbound, c.is_spam, c.sentiment, c.polarity, c.model,
    k.themes, k.removed_themes, k.tags
from core.mention as m
inner join core.item as i
    on m.client_id = i.client_id and m.day = i.day and m.item_id = i.item_id
left join core.correction as k
    on m.client_id = k.client_id and m.day = k.day and m.mention_id = k.mention_id
left join core.mention_current as c
    on m.client_id = c.client_id and m.day = c.day and m.mention_id = c.mention_id
left join core.brand as b
    on m.client_id = b.client_id and coalesce(k.brand_id, m.brand_id) = b.brand_id
where m.client_id = $client_id and m.day = $day and m.item_id = $item_id
order by b.rank, m.mention_id
