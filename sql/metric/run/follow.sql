-- Adds the days of the metrics of weeks and months that a metric of weeks and months reads, as they are: they
-- are first days of periods already.
insert into run_day
select distinct $metric, client_id, day from run_day where list_contains($upstream, metric)
