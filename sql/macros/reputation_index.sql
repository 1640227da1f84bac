-- The mean of the known components, each times its weight; null under two components, or when less than half
-- of all weight is known.
--   select reputation_index(60 * 30 + 75 * 25, 55, 100, 2);  -- 66.82
create or replace macro reputation_index(weighted_sum, known_weight, all_weight, known_count) as
    case when known_count >= 2 and 2 * known_weight >= all_weight
        then cast(weighted_sum / known_weight as decimal(5, 2))
    end
