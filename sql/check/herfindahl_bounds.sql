-- severity: fail
-- message: an index of concentration lies outside 1/n to 1
select client_id, day, brand_id, network_herfindahl, source_herfindahl
from metric.source_dependence
semi join scope_day using (client_id, day)
where
    day between getvariable('from_day') and getvariable('to_day')
    and (
        network_herfindahl > 1 or network_herfindahl < 1 / network_count - 0.0001
        or source_herfindahl > 1 or source_herfindahl < 1 / source_count - 0.0001
        or (network_herfindahl is null) <> (item_count = 0)
    );
