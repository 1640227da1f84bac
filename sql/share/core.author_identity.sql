-- Names that may be shown; none at all unless they were asked for.
select *
from origin.core.author_identity
where getvariable('with_names') and author_key not in (from share_nameless)
