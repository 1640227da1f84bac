-- What stands in the schema: each metric's comments, the table's own beside the empty name, then each
-- column's. Asked once for all metrics: the catalog is slow to read, and a day has few rows.
select table_name as metric, '' as column_name, comment
from duckdb_tables()
where schema_name = 'metric' and database_name = current_database()
union all
select table_name as metric, column_name, comment
from duckdb_columns()
where schema_name = 'metric' and database_name = current_database()
