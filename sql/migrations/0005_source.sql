-- What each client's file says of its sources: without it nobody can tell a source that gave nothing from
-- one that nobody expected anything of.

create table core.source (
    client_id varchar, source_id varchar, source_name varchar, kind varchar, expected varchar,
    minimum_rows integer
);
comment on table core.source is
    'Sources of each client, as configured at the last publish. expected: how often new data are due (daily, weekly, monthly, once); minimum_rows: fewer items in such a period is a warning, 0 for none.';
