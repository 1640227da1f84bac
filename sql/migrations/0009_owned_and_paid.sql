-- Whose site an item stands on, whom it links to, whether it was paid for; and by which names each batch was
-- matched, since two periods that were matched by different ones are not compared.
alter table core.item add column is_paid boolean;
alter table core.item add column site_brand_id varchar;
alter table core.item add column link_count integer;
alter table core.item add column linked_brand_ids varchar[];
comment on column core.item.is_paid is 'Whether its source says that it was paid for; null: the source does not say.';
comment on column core.item.site_brand_id is 'Brand or competitor on whose own site (`domains`) the item stands.';
comment on column core.item.link_count is 'Links that its words hold, as read; null: staged before they were counted.';
comment on column core.item.linked_brand_ids is
    'Brands and competitors to whose own sites these links lead; shortened addresses lead to none.';

alter table ops.batch add column query_hash varchar;
alter table ops.batch add column exclusion_hash varchar;
alter table ops.batch add column competitor_hash varchar;
comment on column ops.batch.query_hash is
    'Eight hex digits of the names, scopes, languages and zone by which the batch was matched; null: staged before they were kept.';
comment on column ops.batch.exclusion_hash is 'Likewise of what the client counts as noise.';
comment on column ops.batch.competitor_hash is 'Likewise of the competitors.';

-- The client's weights of the reputation index, as configured at the last publish.
create table core.reputation_weight (
    client_id varchar, component varchar, weight decimal(6, 2), minimum_n integer
);
comment on table core.reputation_weight is
    'What each component of the reputation index weighs for a client; under minimum_n cases a component is left out.';
comment on column core.reputation_weight.client_id is 'Client the row belongs to.';
comment on column core.reputation_weight.component is
    'net_sentiment, positive_share_of_voice, review_score, response_rate or crisis_free_days.';
comment on column core.reputation_weight.weight is 'Its weight beside the other components.';
comment on column core.reputation_weight.minimum_n is 'Cases under which it is left out.';
