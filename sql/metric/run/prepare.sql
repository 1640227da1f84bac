-- Tables of one run: run_day holds, for each metric, the client days whose rows are rewritten;
-- the metric '' stands for the days that were touched.
create or replace temp table run_day (metric varchar, client_id varchar, day date);
create or replace temp table scope_day (client_id varchar, day date);
create table if not exists ops.metric_cutoff (client_id varchar, cutoff_at timestamp);
comment on table ops.metric_cutoff is
    'Data cut-off with which each client''s metrics were computed last; when it moves, days still open are computed again.';
