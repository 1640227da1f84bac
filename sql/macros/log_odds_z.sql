-- How far a term is over-represented: the log-odds ratio of the period against the baseline with an
-- informative Dirichlet prior, in standard deviations (Monroe, Colaresi & Quinn 2008). The
-- prior is the distribution of both together and weighs `weight` terms.
--   select log_odds_z(30, 1000, 20, 10000, 1000);  -- 7.81
-- Arguments: the term's count and the count of all terms in the period, the same in the baseline, weight.
create or replace macro log_odds_z(k, n, k0, n0, weight) as (
    ln((k + weight * (k + k0) / (n + n0)) / (n + weight - k - weight * (k + k0) / (n + n0)))
    - ln((k0 + weight * (k + k0) / (n + n0)) / (n0 + weight - k0 - weight * (k + k0) / (n + n0)))
) / sqrt(1 / (k + weight * (k + k0) / (n + n0)) + 1 / (k0 + weight * (k + k0) / (n + n0)))
