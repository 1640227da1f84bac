-- Tables and views of a schema, by name, each with its comment. Parameter: schema.
select table_name as name, 'table' as kind, coalesce(comment, '') as comment
from duckdb_tables()
where schema_name = $schema and not temporary
union all
select view_name, 'view', coalesce(comment, '')
from duckdb_views()
where schema_name = $schema and not internal
order by name
