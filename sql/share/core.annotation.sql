-- What items want and what in them worries, without their own expressions where these are withheld.
select
    a.* replace (
        case when w.item_id is null then a.crisis_cues else [] end as crisis_cues,
        case when w.item_id is null then a.insults else [] end as insults
    )
from origin.core.annotation as a
left join share_wordless as w on a.item_id = w.item_id
