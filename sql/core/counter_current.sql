-- One row an item: its interactions as they were read last.
select * exclude (newest)
from (
    select
        *,
        row_number() over (partition by client_id, day, item_id order by collected_at desc) as newest
    from core.counter
)
where newest = 1
