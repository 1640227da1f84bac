-- Themes of items; their terms are words, and left out where these are withheld.
select t.* replace (case when w.item_id is null then t.terms end as terms)
from origin.core.item_theme as t
left join share_wordless as w on t.item_id = w.item_id
