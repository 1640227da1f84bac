-- severity: fail
-- message: a client, a brand or a source of a client's file is stored twice
with configured as (
    select 'client' as table_name, client_id, client_id as name from core.client
    union all
    select 'brand', client_id, brand_id from core.brand
    union all
    select 'source', client_id, source_id from core.source
)

select table_name, client_id, name, count(*) as row_count
from configured
semi join scope_day using (client_id)
group by table_name, client_id, name
having count(*) > 1
order by table_name, client_id, name;
