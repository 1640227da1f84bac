-- Herfindahl's index of concentration of a list of counts: the sum of the squared shares, 1 when all is one's,
-- 1/n when n have equal parts; null of nothing.
--   select herfindahl([8, 1, 1]);  -- 0.6600
-- Hirschman (1964), The paternity of an index, American Economic Review 54:761.
create or replace macro herfindahl(counts) as
    cast(
        list_sum(list_transform(counts, lambda x: cast(x as hugeint) * cast(x as hugeint)))
        / nullif(cast(list_sum(counts) as double) * cast(list_sum(counts) as double), 0)
        as decimal(5, 4)
    )
