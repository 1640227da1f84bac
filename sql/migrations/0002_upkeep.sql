-- What collecting cost, which keys the sources' records had, and what was withdrawn.

alter table ops.batch add column call_count bigint;
alter table ops.batch add column cost_count bigint;
alter table ops.batch add column byte_count bigint;

create table ops.key_observation (
    client_id varchar, source_id varchar, batch_id varchar, observed_at timestamp,
    key_path varchar, value_type varchar, item_count bigint, batch_item_count bigint
);
comment on table ops.key_observation is
    'Keys of the records of each batch, as the source gave them, with the type of their values: how a change of a site''s answers is noticed.';

create table ops.withdrawal (client_id varchar, item_id varchar, withdrawn_at timestamp, reason varchar);
comment on table ops.withdrawal is
    'Items that their site no longer has, or whose text may no longer be kept: counted nowhere, without text, known by their key alone.';
