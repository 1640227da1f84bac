-- What is counted a day and has no writer nor words: never an item, never coverage of mentions.

create table core.attention (
    client_id varchar, brand_id varchar, measure varchar, subject varchar, day_utc date, value bigint,
    reason varchar, source_id varchar, collected_at timestamp, batch_id varchar
);
comment on table core.attention is
    'How often something about a brand was looked at, one row a subject and UTC day: attention, which is no mention and is never added to any.';
comment on column core.attention.measure is 'What is counted: wikipedia_views (readings of an article by people).';
comment on column core.attention.subject is 'What was looked at, such as fr.wikipedia/Maison_Verdier.';
comment on column core.attention.day_utc is 'The day as the site counts it, in UTC: not the client''s local day.';
comment on column core.attention.value is 'The count; null is not measured, and never zero.';
comment on column core.attention.reason is 'Why there is no value.';
comment on column core.attention.collected_at is 'When it was read (UTC). A count beats a gap, a newer count an older one.';
