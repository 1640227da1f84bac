-- Days on which a state row appeared or disappeared: those who read the state follow them.
insert into run_day
select distinct $metric, client_id, day
from (
    (select * exclude (row_number) from run_outdated except select * from run_row)
    union all
    (select * from run_row except select * exclude (row_number) from run_outdated)
)
