select column_name, data_type
from duckdb_columns()
where schema_name = 'metric' and table_name = $metric and database_name = current_database()
order by column_index
