-- The tables of the snapshot.
select schema_name, table_name
from duckdb_tables()
where database_name = 'origin' and not temporary and not internal
order by schema_name, table_name
