-- Tables of one run: run_day holds, for each metric, the client days whose rows are rewritten;
-- the metric '' stands for the days that were touched.
create or replace temp table run_day (metric varchar, client_id varchar, day date);
create or replace temp table scope_day (client_id varchar, day date);
-- Before the first stretch the bounds hold no day; they are set all the same, because an unset
-- variable has no type and a query could not be read for its columns.
set variable from_day = date '2000-01-02';
set variable to_day = date '2000-01-01';
create table if not exists ops.metric_cutoff (client_id varchar, cutoff_at timestamp);
comment on table ops.metric_cutoff is
    'One row a client: data cut-off with which its metrics were computed last; when it moves, days still open are computed again.';
comment on column ops.metric_cutoff.client_id is 'Client the row belongs to.';
comment on column ops.metric_cutoff.cutoff_at is 'The cut-off (UTC), as core.data_cutoff then had it.';
