-- One row a client: the instant up to which its data reach, the end of what was last measured.
--   select cutoff_at from core.data_cutoff where client_id = 'united';
-- Taken from what sources declare, not from the newest item: one post dated 2099 by mistake must not
-- turn every open question of the client into a long wait.
select client_id, max(end_at) as cutoff_at
from ops.coverage
where state in ('ok', 'ok_empty', 'partial')
group by client_id
