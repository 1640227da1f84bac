-- Comments as they are: the table's own beside the empty name, then each column's.
select '' as column_name, comment
from duckdb_tables()
where schema_name = 'metric' and table_name = $metric and database_name = current_database()
union all
select column_name, comment
from duckdb_columns()
where schema_name = 'metric' and table_name = $metric and database_name = current_database()
