-- What people say of a mention counts before what a model, an export or a name's match said.

create table core.correction (
    client_id varchar, day date, mention_id varchar, item_id varchar, sentiment varchar, brand_id varchar,
    is_dismissed boolean, is_doubled boolean, is_spam boolean, themes varchar[], removed_themes varchar[],
    tags varchar[], recorded_at timestamp, recorded_by varchar
);
comment on table core.correction is
    'One row a mention that people corrected or confirmed: what stands now, of the journal''s corrections. core.mention_current applies it.';
comment on column core.correction.sentiment is 'What a person says of its sentiment; equal to the verdict, it confirms it.';
comment on column core.correction.brand_id is 'The brand that the mention is about in truth; null: the one that was matched.';
comment on column core.correction.is_dismissed is 'It is about none of the brands: counted nowhere.';
comment on column core.correction.is_doubled is
    'Its corrected brand is named by another mention of the item, which counts instead.';
comment on column core.correction.is_spam is 'Flagged; spam still counts.';
comment on column core.correction.themes is 'Themes that people added.';
comment on column core.correction.removed_themes is 'Themes that people took away.';
comment on column core.correction.recorded_at is 'When the newest of its corrections was recorded (UTC), by whom recorded_by.';
