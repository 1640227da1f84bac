-- The warehouse's first shape: schemas, and the tables that later files fill.
-- Law 14: no keys, checks, indexes, sequences, enums or generated columns; uniqueness is checked in sql/check.
-- Every TIMESTAMP is UTC and naive; every `day` is a DATE of the client's own calendar.

create schema if not exists raw;
create schema if not exists core;
create schema if not exists metric;
create schema if not exists report;

-- ops: how the numbers came to be -------------------------------------------------------------

create table ops.publish (
    publish_id varchar, published_at timestamp, batch_count bigint, item_count bigint, day_count bigint
);
comment on table ops.publish is 'One row a publish: one transaction, one snapshot.';
create table ops.batch (
    batch_id varchar, client_id varchar, source_id varchar, landed_at timestamp,
    row_count bigint, item_count bigint, quarantined_count bigint, unmatched_count bigint, publish_id varchar
);
comment on table ops.batch is 'One row a landed run that was published.';
create table ops.scope (client_id varchar, day date);
comment on table ops.scope is 'Client days whose metrics are to be computed again; empty after a publish.';
create table ops.coverage (
    client_id varchar, source_id varchar, query varchar, start_at timestamp, end_at timestamp,
    state varchar, reason varchar, batch_id varchar
);
comment on table ops.coverage is
    'What was measured: intervals [start_at, end_at) by source and query (a brand id, or * for all). '
    'States: ok, ok_empty, partial, throttled, auth_failed, source_down, not_configured, not_asked.';
create table ops.quarantine (
    client_id varchar, source_id varchar, batch_id varchar, raw_ref varchar, row_number bigint,
    reason varchar, detail varchar, first_seen_at timestamp
);
comment on table ops.quarantine is 'Rows that could not be read, and why; their bytes stay in landing.';
create table ops.journal (
    entry_id varchar, kind varchar, client_id varchar, recorded_at timestamp, body json
);
comment on table ops.journal is 'Folded copy of the journal: editions, corrections, exclusions, deliveries…';
create table ops.metric_version (metric varchar, version integer, formula_hash varchar, computed_at timestamp);
comment on table ops.metric_version is 'Version of each card with which its table was last computed.';

-- raw: every version of an item as it was collected (its bytes stay in landing) ----------------

create table raw.item_version (
    client_id varchar, item_id varchar, day date, content_hash varchar, published_at timestamp,
    collected_at timestamp, source_id varchar, batch_id varchar, raw_ref varchar
);
comment on table raw.item_version is 'One row for each distinct content of an item that was ever seen.';

-- core: what is true now ------------------------------------------------------------------------

create table core.client (client_id varchar, client_name varchar, timezone varchar, locale varchar);
comment on table core.client is 'Clients of the agency, as configured at the last publish.';
create table core.brand (
    client_id varchar, brand_id varchar, brand_name varchar, kind varchar, parent_brand_id varchar, rank integer
);
comment on table core.brand is
    'What mentions are about: kind is own, competitor, or the kind of a scope (country, product, …).';
create table core.calendar (
    client_id varchar, day date, start_at timestamp, end_at timestamp, hour_count integer,
    week_start date, month_start date, quarter_start date, is_holiday boolean,
    opens_at timestamp, closes_at timestamp
);
comment on table core.calendar is
    'The client''s local days: [start_at, end_at) in UTC, 23 or 25 hours long when clocks change; opens_at and closes_at bound the office hours, null when closed.';
create table core.item (
    client_id varchar, day date, item_id varchar, published_at timestamp, hour_local smallint,
    collected_at timestamp, source_id varchar, network varchar, channel varchar, kind varchar,
    native_id varchar, url varchar, original_id varchar, is_strong_original boolean, story_id varchar,
    is_primary boolean, author_key varchar, follower_count bigint, owned_brand_id varchar,
    parent_item_id varchar, thread_id varchar, title varchar, text varchar, text_hash varchar,
    language varchar, rating decimal(4, 2), outlet varchar, place varchar, exclusion varchar,
    content_hash varchar, batch_id varchar, raw_ref varchar, withdrawn_at timestamp
);
comment on table core.item is 'One row an item (a post, article, review, message): its newest version.';
create table core.counter (
    client_id varchar, day date, item_id varchar, collected_at timestamp,
    like_count bigint, repost_count bigint, reply_count bigint, view_count bigint
);
comment on table core.counter is 'Interactions of an item as read at collected_at; null is not measured.';
create table core.mention (
    client_id varchar, day date, mention_id varchar, item_id varchar, brand_id varchar,
    matched_by varchar, matched_term varchar, is_addressed boolean, is_inbound boolean, content_hash varchar
);
comment on table core.mention is
    'One row for an item and a brand that it names. matched_by: column, text, account, scope.';
create table core.verdict (
    client_id varchar, day date, mention_id varchar, model varchar, model_version varchar,
    polarity decimal(4, 3), sentiment varchar, cues varchar[], is_current boolean
);
comment on table core.verdict is
    'Sentiment of a mention by a model: polarity -1 to 1, sentiment positive, neutral or negative, with its cues.';
create table core.author_identity (
    client_id varchar, author_key varchar, network varchar, handle varchar, author_name varchar, seen_at timestamp
);
comment on table core.author_identity is 'The only table with names: who an author_key is, where terms allow it.';
