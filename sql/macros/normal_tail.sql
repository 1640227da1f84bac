-- Chance of a standard normal value of z or more, for z of 0 or more; off by less than 1e-7.
--   select normal_tail(1.959964);  -- 0.0250
-- Abramowitz & Stegun (1964), Handbook of Mathematical Functions, 26.2.17.
create or replace macro normal_tail(z) as
    exp(-z * z / 2) / sqrt(2 * pi()) * (
        0.319381530 * (1 / (1 + 0.2316419 * z))
        - 0.356563782 * pow(1 / (1 + 0.2316419 * z), 2)
        + 1.781477937 * pow(1 / (1 + 0.2316419 * z), 3)
        - 1.821255978 * pow(1 / (1 + 0.2316419 * z), 4)
        + 1.330274429 * pow(1 / (1 + 0.2316419 * z), 5)
    )
