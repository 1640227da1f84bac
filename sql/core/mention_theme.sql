-- The client's themes of each mention: those whose words stand in the item and those that people added, without
-- those that people took away.
--   select * from core.mention_theme where client_id = 'united' and day = date '2015-02-17';
-- Null where the item was never read and nobody named a theme: that is not none.
select
    m.client_id, m.day, m.mention_id, m.item_id,
    case when t.themes is not null or len(k.themes) > 0
        then list_sort(list_filter(
            list_distinct(list_concat(coalesce(t.themes, []), coalesce(k.themes, []))),
            lambda theme_id: not list_contains(coalesce(k.removed_themes, []), theme_id)
        ))
    end as themes
from core.mention as m
left join core.item_theme as t
    on m.client_id = t.client_id and m.day = t.day and m.item_id = t.item_id
left join core.correction as k
    on m.client_id = k.client_id and m.day = k.day and m.mention_id = k.mention_id
