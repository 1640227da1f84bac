-- The days that this publish touched (law 8): where an item came, went, moved or changed its standing,
-- and where a new stretch was measured.
insert into ops.coverage by name
select * from staged_coverage order by client_id, source_id, start_at, query;
insert into ops.quarantine by name
select * from staged_quarantine order by client_id, source_id, batch_id, row_number;

insert into ops.scope
select client_id, day from incoming
union
select client_id, day from replaced
union
select client_id, day from ranked where is_primary <> was_primary
union
select client_id, day from readdressed
union
select c.client_id, c.day
from core.calendar as c
inner join staged_coverage as s
    on c.client_id = s.client_id and c.start_at < s.end_at and c.end_at > s.start_at
union
select i.client_id, i.day
from core.item as i
semi join staged_counter as s on i.item_id = s.item_id;
