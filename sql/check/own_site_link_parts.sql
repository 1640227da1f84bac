-- severity: fail
-- message: more items link to the brand's own site than link to anything, or were read
select client_id, day, brand_id, item_count, read_count, link_item_count, own_link_count
from metric.own_site_link
semi join scope_day using (client_id, day)
where
    day between getvariable('from_day') and getvariable('to_day')
    and not (own_link_count <= link_item_count and link_item_count <= read_count and read_count <= item_count);
