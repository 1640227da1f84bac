-- Rows of a state table that the range may have moved: those of its days, and those of its keys.
create or replace temp table run_outdated as
select rowid as row_number, *
from metric.<metric>
where
    day between getvariable('from_day') and getvariable('to_day')
    and (client_id, day) in (select (client_id, day) from scope_day)
union
select rowid, *
from metric.<metric>
where (<key>) in (select (<key>) from run_row)
