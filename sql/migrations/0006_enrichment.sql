-- Enrichment is a stage of its own: what it makes of mentions, items and the brands' own replies.

-- A verdict says how sure its model is; a text that names several brands is judged brand by brand
-- (decision 0051).
alter table core.verdict add column confidence decimal(4, 3);
alter table core.verdict add column is_part boolean;
comment on column core.verdict.confidence is
    'How sure the model is of its label, 0 to 1, as calibrated on labelled texts; null where it cannot say.';
comment on column core.verdict.is_part is
    'Whether only the part of the text that speaks of this brand was judged; null for what others judged.';

create table core.annotation (
    client_id varchar, day date, item_id varchar,
    intents varchar[], crisis_cues varchar[], insults varchar[]
);
comment on table core.annotation is 'What an item wants, and what in it should worry: one row an item.';
comment on column core.annotation.intents is 'complaint, question, praise, thanks; several or none.';
comment on column core.annotation.crisis_cues is 'Expressions of our lists that announce harm, anger or law.';
comment on column core.annotation.insults is 'Expressions of our lists that insult.';

create table core.reply (
    client_id varchar, day date, item_id varchar,
    greeted varchar, greeted_unlisted varchar, signed varchar, signed_initials varchar,
    is_greeted boolean, is_signed boolean, is_initialled boolean,
    has_thanks boolean, has_empathy boolean, has_follow_up boolean, is_addressed boolean
);
comment on table core.reply is 'How a brand''s own account answered: one row a reply.';
comment on column core.reply.greeted is 'Whom it calls, as written, by a known first name or a title; null without, or when names had to go.';
comment on column core.reply.greeted_unlisted is 'A capitalised word that it calls and that no list of first names knows.';
comment on column core.reply.signed is 'The first name it is signed with, as written.';
comment on column core.reply.signed_initials is 'The initials it is signed with instead.';
comment on column core.reply.has_thanks is 'Whether it thanks; null in a language that is not read.';
comment on column core.reply.has_empathy is 'Whether it is sorry or says what the other one goes through; null likewise.';
comment on column core.reply.has_follow_up is 'Whether it asks back or invites to go on; null likewise.';
comment on column core.reply.is_addressed is
    'Whether it calls whom it answers by name; where that name is unknown or had to go, any known first name counts.';
