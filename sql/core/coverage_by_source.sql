-- One row for a source and a brand on each local day that a coverage interval touches: how much of
--   select * from core.coverage_by_source where client_id = 'united' and day = date '2015-02-17';
-- The rule is that of the macro coverage_by_source; give it two days where the warehouse is large.
select * from coverage_by_source(date '1970-01-01', date '9999-12-31')
