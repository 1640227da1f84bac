-- Stories: near-duplicates are found by sketches of what items say, and what looks automated is flagged.
create table core.sketch (
    client_id varchar, day date, item_id varchar, published_at timestamp, slots usmallint[], has_spam_words boolean
);
comment on table core.sketch is 'What is needed to tell copies and spam without reading a word: one row an item that names a brand; none once it was withdrawn.';
comment on column core.sketch.client_id is 'Client the row belongs to.';
comment on column core.sketch.day is 'Local day on which the item appeared.';
comment on column core.sketch.item_id is 'The item.';
comment on column core.sketch.published_at is 'When it appeared (UTC).';
comment on column core.sketch.slots is
    'Sketch of its words (MinHash, 16 bits a number): the share of equal numbers of two of them estimates how much their texts have in common. 4 numbers: a short text, like its equals only; null: too short to be anybody''s text.';
comment on column core.sketch.has_spam_words is 'Whether its words sell, or give away for being spread.';

create table core.suspect (
    client_id varchar, day date, item_id varchar, is_spam boolean, is_bot_like boolean, reasons varchar[]
);
comment on table core.suspect is 'Items that look like spam or automated: flagged, and counted like all others. One row such an item.';
comment on column core.suspect.client_id is 'Client the row belongs to.';
comment on column core.suspect.day is 'Local day on which the item appeared.';
comment on column core.suspect.item_id is 'The item.';
comment on column core.suspect.is_spam is 'Whether its words sell, or give away for being spread.';
comment on column core.suspect.is_bot_like is 'Whether it is one of many alike, by many accounts at once or by one account on one day.';
comment on column core.suspect.reasons is 'spam_words, many_accounts, same_account.';

-- Until now a story was the same words; `oyez rebuild` finds the stories of what is already published.
update core.item set story_id = item_id;
comment on column core.item.story_id is
    'Id of the item that it repeats: the earliest of the seven days before that says nearly the same; its own where there is none.';
