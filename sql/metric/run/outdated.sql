-- Rows of a state table that the range may have moved: those of its days, and those of its keys.
create or replace temp table run_outdated as
select *
from metric.<metric>
where
    (client_id, day) in (select (client_id, day) from scope_day)
    or (<key>) in (select (<key>) from run_row)
