-- What DuckDB alone needs for the same file: its typed columns into a table, no key and no check.
-- Parameter: variable file.
create table bare as
from read_json(
    getvariable('file'), format = 'newline_delimited',
    columns = {id: 'varchar', date: 'timestamp', text: 'varchar', author: 'varchar', likes: 'bigint', url: 'varchar'}
);
