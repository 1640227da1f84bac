-- What items speak of: their terms, which periods are compared by, and the client's own themes.
create table core.item_theme (
    client_id varchar, day date, item_id varchar, content_hash varchar,
    terms varchar[], themes varchar[]
);
comment on table core.item_theme is 'What each item speaks of: its terms and the client''s themes. One row an item that names a brand.';
comment on column core.item_theme.client_id is 'Client the row belongs to.';
comment on column core.item_theme.day is 'Local day on which the item appeared.';
comment on column core.item_theme.item_id is 'The item.';
comment on column core.item_theme.content_hash is 'Hash of the content that was read.';
comment on column core.item_theme.terms is
    'One to three words in a row in their dictionary form, each once; null where the language is not read, or the words had to go.';
comment on column core.item_theme.themes is 'Ids of the themes of the client''s file whose words stand in the item.';
