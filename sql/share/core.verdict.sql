-- Verdicts without the expressions that led to them, where these are withheld.
select v.* replace (case when w.mention_id is null then v.cues else [] end as cues)
from origin.core.verdict as v
left join (
    select m.mention_id
    from origin.core.mention as m
    semi join share_wordless as s on m.item_id = s.item_id
) as w on v.mention_id = w.mention_id
