-- One row for each source and day that it measured whole: its items, and how few would be unusual.
--   select * from core.source_volume where client_id = 'united' and is_low;
-- The rule is that of the macro source_volume; give it two days where the warehouse is large.
select * from source_volume(date '1970-01-01', date '9999-12-31')
