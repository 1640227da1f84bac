-- The columns of a table of the snapshot, in its order. Parameters: schema, table.
select column_name, data_type, comment
from duckdb_columns()
where database_name = 'origin' and schema_name = $schema and table_name = $table
order by column_index
