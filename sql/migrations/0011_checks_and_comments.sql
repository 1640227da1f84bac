-- What the last publish found, and what each table and column means: an analyst reads it in any tool.

create table ops.check_result (
    check_name varchar, severity varchar, message varchar, row_count bigint, publish_id varchar
);
comment on table ops.check_result is 'One row a check: what it found in the last publish. Those of severity fail found nothing, else there were no publish.';
comment on column ops.check_result.check_name is 'Name of its file in sql/check.';
comment on column ops.check_result.severity is 'fail stops a publish, warn is told.';
comment on column ops.check_result.message is 'What is wrong where it finds a row.';
comment on column ops.check_result.row_count is 'Rows that it found on the days of that publish; 0 is a pass.';
comment on column ops.check_result.publish_id is 'The publish.';

create table ops.check_finding (
    client_id varchar, day date, check_name varchar, source_id varchar, detail varchar, publish_id varchar
);
comment on table ops.check_finding is 'One row a warning that stands: what a check found when its client''s day was last published.';
comment on column ops.check_finding.client_id is 'Client the row belongs to.';
comment on column ops.check_finding.day is 'Local day that it is about; null where it is about the client as a whole.';
comment on column ops.check_finding.check_name is 'The check, as in ops.check_result.';
comment on column ops.check_finding.source_id is 'Source that it is about; null where it is about none in particular.';
comment on column ops.check_finding.detail is 'All that the check tells of it, as JSON.';
comment on column ops.check_finding.publish_id is 'The publish that found it.';

-- Tables and columns that had no comment yet, and tables whose comment did not say what a row is.

comment on table core.client is 'One row a client of the agency, as configured at the last publish.';
comment on column core.client.client_id is 'Id of the client''s file.';
comment on column core.client.client_name is 'Its name.';
comment on column core.client.timezone is 'IANA zone of its days.';
comment on column core.client.locale is 'Language and country of its reports, such as fr-FR.';

comment on table core.brand is 'One row for what mentions may be about: a brand, a competitor or a scope of a client.';
comment on column core.brand.client_id is 'Client the row belongs to.';
comment on column core.brand.brand_id is 'Id in the client''s file.';
comment on column core.brand.brand_name is 'Its name.';
comment on column core.brand.kind is 'own, competitor, or the kind of a scope (country, product, spokesperson, location, campaign …).';
comment on column core.brand.parent_brand_id is 'The brand that a scope is a part of; null for brands.';
comment on column core.brand.rank is 'Its place in the client''s file, from 1.';

comment on table core.calendar is 'One row a local day of a client: [start_at, end_at) in UTC, 23 or 25 hours long when clocks change.';
comment on column core.calendar.client_id is 'Client the row belongs to.';
comment on column core.calendar.day is 'The client''s local day.';
comment on column core.calendar.start_at is 'Its first instant (UTC).';
comment on column core.calendar.end_at is 'The first instant after it (UTC).';
comment on column core.calendar.hour_count is 'Its length, 23 to 25 hours.';
comment on column core.calendar.week_start is 'First day of its week, on the weekday that the client''s weeks start.';
comment on column core.calendar.month_start is 'First day of its month.';
comment on column core.calendar.quarter_start is 'First day of its quarter.';
comment on column core.calendar.is_holiday is 'Whether it is a public holiday of the client.';
comment on column core.calendar.opens_at is 'When office hours start (UTC); null when closed all day.';
comment on column core.calendar.closes_at is 'When office hours end (UTC); null likewise.';

comment on column core.source.client_id is 'Client the row belongs to.';
comment on column core.source.source_id is 'Id of the source in the client''s file.';
comment on column core.source.source_name is 'Its name, as reports print it.';
comment on column core.source.kind is 'Kind of site, or file.';
comment on column core.source.expected is 'How often new data are due: daily, weekly, monthly, once.';
comment on column core.source.minimum_rows is 'Fewer items than this in such a period is a warning; 0 for none.';

comment on table core.item is 'One row an item (a post, article, review, message): its newest version, whether or not it names a brand.';
comment on column core.item.client_id is 'Client the row belongs to.';
comment on column core.item.day is 'Local day of the client on which the item appeared.';
comment on column core.item.item_id is 'The item: a key of 64 hex digits, the same each time it is collected.';
comment on column core.item.published_at is 'When it appeared (UTC).';
comment on column core.item.hour_local is 'Hour of the local day, 0 to 23.';
comment on column core.item.collected_at is 'When it was read (UTC).';
comment on column core.item.source_id is 'Source of the client''s file, or the name given to a hand-made import.';
comment on column core.item.network is 'Where it was said: x, mastodon, google, press …';
comment on column core.item.channel is 'What kind of place it is: social, news, blog, forum, review, community, support, other.';
comment on column core.item.kind is 'post, repost, reply, comment, review, article, question or message.';
comment on column core.item.native_id is 'Its id at the source.';
comment on column core.item.url is 'Its address; null where it has none or had to go.';
comment on column core.item.original_id is 'Key that the same post has through every source.';
comment on column core.item.is_strong_original is 'Whether that key comes from an address or the network''s own id, not from author, minute and words.';
comment on column core.item.story_id is 'Id of the story that it belongs to: of the earliest item that says nearly the same; its own where there is none.';
comment on column core.item.is_primary is 'Whether it counts: of several copies of one post, one does.';
comment on column core.item.author_key is 'Author, as a key without a name; core.author_identity has names where terms allow.';
comment on column core.item.follower_count is 'Followers of its author when it was read; null if unknown.';
comment on column core.item.owned_brand_id is 'The brand whose own account published it; null for others.';
comment on column core.item.parent_item_id is 'The item it answers; null if none or unknown.';
comment on column core.item.thread_id is 'Conversation it belongs to, in the source''s words.';
comment on column core.item.title is 'Its title; null without.';
comment on column core.item.text is 'Its words, as plain text; null where they had to go.';
comment on column core.item.text_hash is 'Hash of its words; outlives them.';
comment on column core.item.language is 'Language of its words, ISO 639-1; null if unknown.';
comment on column core.item.rating is 'Stars, 1 to 5; null without.';
comment on column core.item.outlet is 'Newspaper, site or channel that published it.';
comment on column core.item.place is 'The place that a review is about.';
comment on column core.item.exclusion is 'Why it counts nowhere: the exclusion that it fell under; null if it counts.';
comment on column core.item.content_hash is 'Hash of the content that was read: another content has another hash.';
comment on column core.item.batch_id is 'The landed run it came with, as in ops.batch.';
comment on column core.item.raw_ref is 'Where its record lies in landing: file and line.';
comment on column core.item.withdrawn_at is 'When it was withdrawn (UTC): it counts nowhere and has no words; null otherwise.';
comment on column core.item.visibility is 'For whom its author published it: public, unlisted, signed_in, private, direct; null where its source does not say, taken as public.';

comment on table core.counter is 'One row a reading of an item''s interactions. core.counter_settled has one row an item.';
comment on column core.counter.client_id is 'Client the row belongs to.';
comment on column core.counter.day is 'Local day of the client on which the item appeared.';
comment on column core.counter.item_id is 'The item: a key of 64 hex digits, the same each time it is collected.';
comment on column core.counter.collected_at is 'When they were read (UTC).';
comment on column core.counter.like_count is 'Likes; null is not measured.';
comment on column core.counter.repost_count is 'Shares and reposts; null is not measured.';
comment on column core.counter.reply_count is 'Replies and comments; null is not measured.';
comment on column core.counter.view_count is 'Views; null is not measured.';

comment on table core.mention is 'One row for an item and a brand that it names, as matched; core.mention_current is what counts.';
comment on column core.mention.client_id is 'Client the row belongs to.';
comment on column core.mention.day is 'Local day of the client on which the item appeared.';
comment on column core.mention.mention_id is 'The mention, an item naming a brand: a key of 64 hex digits.';
comment on column core.mention.item_id is 'The item: a key of 64 hex digits, the same each time it is collected.';
comment on column core.mention.brand_id is 'Brand, competitor or scope, as in core.brand.';
comment on column core.mention.matched_by is 'How the brand was found: column, text, account, scope.';
comment on column core.mention.matched_term is 'The name that was found.';
comment on column core.mention.is_addressed is 'Whether the item speaks to the brand: a reply, a handle, a review, a question.';
comment on column core.mention.is_inbound is 'Whether it is addressed to the brand by somebody else, and waits for an answer.';
comment on column core.mention.content_hash is 'Hash of the content that was read: another content has another hash.';

comment on table core.verdict is 'One row for a mention and a model that judged its sentiment.';
comment on column core.verdict.client_id is 'Client the row belongs to.';
comment on column core.verdict.day is 'Local day of the client on which the item appeared.';
comment on column core.verdict.mention_id is 'The mention, an item naming a brand: a key of 64 hex digits.';
comment on column core.verdict.model is 'Which model judged; imported where the source gave the tone.';
comment on column core.verdict.model_version is 'Its version.';
comment on column core.verdict.polarity is '-1 to 1; null where the model gives none.';
comment on column core.verdict.sentiment is 'positive, neutral or negative.';
comment on column core.verdict.cues is 'Expressions that led to it.';
comment on column core.verdict.is_current is 'Whether it is the verdict that counts.';

comment on table core.author_identity is 'One row an author whose name may be kept: the only table with names.';
comment on column core.author_identity.client_id is 'Client the row belongs to.';
comment on column core.author_identity.author_key is 'Author, as a key without a name; core.author_identity has names where terms allow.';
comment on column core.author_identity.network is 'Where it was said: x, mastodon, google, press …';
comment on column core.author_identity.handle is 'Handle on the network.';
comment on column core.author_identity.author_name is 'Displayed name.';
comment on column core.author_identity.seen_at is 'When it was last read (UTC).';
comment on column core.author_identity.author_url is 'Address of the author''s page.';

comment on column core.annotation.client_id is 'Client the row belongs to.';
comment on column core.annotation.day is 'Local day of the client on which the item appeared.';
comment on column core.annotation.item_id is 'The item: a key of 64 hex digits, the same each time it is collected.';

comment on column core.attention.client_id is 'Client the row belongs to.';
comment on column core.attention.brand_id is 'Brand, competitor or scope, as in core.brand.';
comment on column core.attention.source_id is 'Source of the client''s file, or the name given to a hand-made import.';
comment on column core.attention.batch_id is 'The landed run it came with, as in ops.batch.';

comment on column core.correction.client_id is 'Client the row belongs to.';
comment on column core.correction.day is 'Local day of the client on which the item appeared.';
comment on column core.correction.mention_id is 'The mention, an item naming a brand: a key of 64 hex digits.';
comment on column core.correction.item_id is 'The item: a key of 64 hex digits, the same each time it is collected.';
comment on column core.correction.tags is 'Tags that people gave it.';
comment on column core.correction.recorded_by is 'Who recorded the newest of its corrections.';

comment on column core.reply.client_id is 'Client the row belongs to.';
comment on column core.reply.day is 'Local day of the client on which the item appeared.';
comment on column core.reply.item_id is 'The item: a key of 64 hex digits, the same each time it is collected.';
comment on column core.reply.is_greeted is 'Whether it calls somebody by a known first name or a title.';
comment on column core.reply.is_signed is 'Whether it is signed with a first name.';
comment on column core.reply.is_initialled is 'Whether it is signed with initials.';

comment on table raw.item_version is 'One row for each distinct content of an item that was ever seen, at its first sighting; its bytes stay in landing.';
comment on column raw.item_version.client_id is 'Client the row belongs to.';
comment on column raw.item_version.item_id is 'The item: a key of 64 hex digits, the same each time it is collected.';
comment on column raw.item_version.day is 'Local day of the client on which the item appeared.';
comment on column raw.item_version.content_hash is 'Hash of the content that was read: another content has another hash.';
comment on column raw.item_version.published_at is 'When it appeared (UTC).';
comment on column raw.item_version.collected_at is 'When it was read (UTC).';
comment on column raw.item_version.source_id is 'Source of the client''s file, or the name given to a hand-made import.';
comment on column raw.item_version.batch_id is 'The landed run it came with, as in ops.batch.';
comment on column raw.item_version.raw_ref is 'Where its record lies in landing: file and line.';

comment on table ops.publish is 'One row a publish: one transaction, one snapshot.';
comment on column ops.publish.publish_id is 'Id of the publish, and name of its snapshot.';
comment on column ops.publish.published_at is 'When it was published (UTC).';
comment on column ops.publish.batch_count is 'Landed runs that came in.';
comment on column ops.publish.item_count is 'Items that are new or were read again.';
comment on column ops.publish.day_count is 'Client days that were computed again.';

comment on table ops.batch is 'One row a landed run that was published.';
comment on column ops.batch.batch_id is 'Id of the run: its folder in landing.';
comment on column ops.batch.client_id is 'Client the row belongs to.';
comment on column ops.batch.source_id is 'Source of the client''s file, or the name given to a hand-made import.';
comment on column ops.batch.landed_at is 'When it had landed (UTC).';
comment on column ops.batch.row_count is 'Records that were read.';
comment on column ops.batch.item_count is 'Of these, items.';
comment on column ops.batch.quarantined_count is 'Of these, records that could not be read.';
comment on column ops.batch.unmatched_count is 'Of the items, those that name no brand.';
comment on column ops.batch.publish_id is 'The publish that brought it in.';
comment on column ops.batch.call_count is 'Requests that it took.';
comment on column ops.batch.cost_count is 'Units of the site''s quota that it took.';
comment on column ops.batch.byte_count is 'Bytes that came.';
comment on column ops.batch.source_kind is 'Kind of site it came from, or file.';

comment on column ops.scope.client_id is 'Client the row belongs to.';
comment on column ops.scope.day is 'Local day to be computed again.';

comment on table ops.coverage is 'One row a stretch of time that a source was asked for: [start_at, end_at), in UTC.';
comment on column ops.coverage.client_id is 'Client the row belongs to.';
comment on column ops.coverage.source_id is 'Source of the client''s file, or the name given to a hand-made import.';
comment on column ops.coverage.query is 'What was asked: a brand id, or * for all.';
comment on column ops.coverage.start_at is 'First instant (UTC).';
comment on column ops.coverage.end_at is 'First instant after it (UTC).';
comment on column ops.coverage.state is 'ok, ok_empty, partial, throttled, auth_failed, source_down, not_configured or not_asked.';
comment on column ops.coverage.reason is 'Why it was not measured, in the source''s own words.';
comment on column ops.coverage.batch_id is 'The landed run it came with, as in ops.batch.';

comment on table ops.quarantine is 'One row a record that could not be read, and why; its bytes stay in landing.';
comment on column ops.quarantine.client_id is 'Client the row belongs to.';
comment on column ops.quarantine.source_id is 'Source of the client''s file, or the name given to a hand-made import.';
comment on column ops.quarantine.batch_id is 'The landed run it came with, as in ops.batch.';
comment on column ops.quarantine.raw_ref is 'Where its record lies in landing: file and line.';
comment on column ops.quarantine.row_number is 'Its line in the file.';
comment on column ops.quarantine.reason is 'One of a short list of reasons, such as bad_date.';
comment on column ops.quarantine.detail is 'What exactly was wrong.';
comment on column ops.quarantine.first_seen_at is 'When it was first met (UTC).';

comment on table ops.journal is 'One row an entry of the journal: editions, corrections, withdrawals, deliveries …';
comment on column ops.journal.entry_id is 'Kind, client and name of the entry.';
comment on column ops.journal.kind is 'What was decided: edition, correction, withdrawal, let_go …';
comment on column ops.journal.client_id is 'Client the row belongs to.';
comment on column ops.journal.recorded_at is 'When it was recorded (UTC).';
comment on column ops.journal.body is 'What was recorded, as JSON.';

comment on table ops.metric_version is 'One row a metric: the formula with which its table was last computed.';
comment on column ops.metric_version.metric is 'Name of the metric.';
comment on column ops.metric_version.version is 'Version of its card.';
comment on column ops.metric_version.formula_hash is 'Hash of its query and of all that the query reads.';
comment on column ops.metric_version.computed_at is 'When its table was made (UTC).';

comment on table ops.key_observation is 'One row for a batch, a key of its records and a type of that key''s values: how a change of a site''s answers is noticed.';
comment on column ops.key_observation.client_id is 'Client the row belongs to.';
comment on column ops.key_observation.source_id is 'Source of the client''s file, or the name given to a hand-made import.';
comment on column ops.key_observation.batch_id is 'The landed run it came with, as in ops.batch.';
comment on column ops.key_observation.observed_at is 'When the batch was read (UTC).';
comment on column ops.key_observation.key_path is 'The key, with those around it: author.name.';
comment on column ops.key_observation.value_type is 'Type of its values, as JSON has them.';
comment on column ops.key_observation.item_count is 'Records that have it so.';
comment on column ops.key_observation.batch_item_count is 'Records of the batch.';

comment on table ops.withdrawal is 'One row an item that its site no longer has, or whose text may no longer be kept: counted nowhere, known by its key alone.';
comment on column ops.withdrawal.client_id is 'Client the row belongs to.';
comment on column ops.withdrawal.item_id is 'The item: a key of 64 hex digits, the same each time it is collected.';
comment on column ops.withdrawal.withdrawn_at is 'When that was recorded (UTC).';
comment on column ops.withdrawal.reason is 'Why.';

comment on table ops.let_go is 'One row a run whose words and names were kept as long as their site allows: its items count, without them.';
comment on column ops.let_go.client_id is 'Client the row belongs to.';
comment on column ops.let_go.batch_id is 'The landed run it came with, as in ops.batch.';
comment on column ops.let_go.let_go_at is 'When they were let go (UTC).';

comment on table ops.migration is 'One row a migration of sql/migrations that was applied.';
comment on column ops.migration.migration_id is 'Its file''s name.';
comment on column ops.migration.applied_at is 'When it was applied (UTC).';
