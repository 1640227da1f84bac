-- The clients of the invented agency, each with a brand and a rival.
-- Parameter: variable client_count.
create or replace temp table made_client as
select 'c' || lpad(cast(n as varchar), 4, '0') as client_id from range(getvariable('client_count')) as r (n);

insert into core.client by name
select client_id, client_id as client_name, 'UTC' as timezone, 'fr-FR' as locale from made_client;

insert into core.brand by name
select c.client_id, b.brand_id, b.brand_id as brand_name, b.kind, b.rank
from made_client as c
cross join (values ('brand', 'own', 1), ('rival', 'competitor', 2)) as b (brand_id, kind, rank)
order by c.client_id, b.rank;

insert into core.reputation_weight by name
select c.client_id, w.component, w.weight, 30 as minimum_n
from made_client as c
cross join (
    values ('net_sentiment', 2), ('positive_share_of_voice', 1), ('review_score', 1), ('response_rate', 1)
) as w (component, weight);
