-- Upper bound, in percent, of Wilson's 95 % interval of a share: see wilson_low.
--   select wilson_low(8, 10), wilson_high(8, 10);  -- 49.02, 94.33
create or replace macro wilson_high(k, n) as
    case when n > 0 then cast(least(100, 100 * (
        k + 1.9207294 + 1.959964 * sqrt(cast(k as double) * (n - k) / n + 0.9603647)
    ) / (n + 3.8414589)) as decimal(5, 2)) end
