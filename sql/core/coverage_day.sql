-- One row for each brand and local day of the calendar: was it measured?
--   select * from core.coverage_day where client_id = 'united' and day = date '2015-02-17';
-- The rule is that of the macro coverage_day; give it two days where the warehouse is large.
select * from coverage_day(date '1970-01-01', date '9999-12-31')
