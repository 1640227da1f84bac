-- The views that people query, each with what a row of it is.
select schema_name || '.' || view_name as view, comment as "one row"
from duckdb_views()
where schema_name = 'report' and not internal
order by view
