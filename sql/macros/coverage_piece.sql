-- The pieces of what was asked for: each coverage interval, cut at the local days of these and told apart by
-- brand; `query` is a brand id or '*', and what holds for a brand also holds for its scopes.
--   from coverage_piece(date '2015-02-16', date '2015-02-22') where client_id = 'united';
create or replace macro coverage_piece(first_day, final_day) as table
select
    d.client_id, d.day, b.brand_id, g.source_id, g.state,
    greatest(g.start_at, d.start_at) as start_at,
    least(g.end_at, d.end_at) as end_at,
    epoch_us(d.end_at) - epoch_us(d.start_at) as day_us
from ops.coverage as g
inner join core.calendar as d
    on g.client_id = d.client_id and g.start_at < d.end_at and g.end_at > d.start_at
inner join core.brand as b
    on g.client_id = b.client_id and g.query in ('*', b.brand_id, b.parent_brand_id)
where
    d.day between first_day and final_day
    -- Literal bounds on the table itself let DuckDB skip what lies far from these days.
    and g.end_at > cast(first_day as timestamp) - interval 1 day
    and g.start_at < cast(final_day as timestamp) + interval 2 day
