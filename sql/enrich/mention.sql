-- The mentions of a client's days, to be judged again.
select client_id, day, mention_id, item_id, brand_id, matched_by, matched_term, content_hash
from core.mention
where client_id = $client_id and day between $first and $last
order by day, mention_id;
