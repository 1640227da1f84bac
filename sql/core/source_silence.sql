-- One row for each source and measured day without an item: for how many days it had been silent.
--   select * from core.source_silence where client_id = 'united' and is_silent;
-- The rule is that of the macro source_silence; give it two days where the warehouse is large.
select * from source_silence(date '1970-01-01', date '9999-12-31')
