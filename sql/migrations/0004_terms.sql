-- What the terms of a site and an author's own settings say of an item, and where its author's page is.

alter table core.item add column visibility varchar;
alter table core.author_identity add column author_url varchar;
alter table ops.batch add column source_kind varchar;

create table ops.let_go (client_id varchar, batch_id varchar, let_go_at timestamp);
comment on table ops.let_go is
    'Runs whose words and names were kept as long as their site allows: their items count, without them.';
