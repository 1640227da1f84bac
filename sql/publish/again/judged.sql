-- Take later judgements of published items (judged_score, judged_annotation, …) in place of the earlier ones.
-- What changed since they were judged, or lost its words, keeps what it has.
create or replace temp table rejudged as
select distinct i.client_id, i.day, i.item_id
from judged_annotation as a
inner join core.item as i
    on a.client_id = i.client_id and a.day = i.day and a.item_id = i.item_id
    and a.content_hash = i.content_hash
where i.text is not null and i.withdrawn_at is null;

insert into ops.scope
select distinct client_id, day from rejudged;

delete from core.verdict
where model <> 'imported' and day in (select day from rejudged)
    and mention_id in (
        select m.mention_id from core.mention as m semi join rejudged using (client_id, day, item_id)
    );
insert into core.verdict by name
select
    s.* exclude (item_id, content_hash, batch_id),
    not exists (
        from core.verdict as v
        where v.client_id = s.client_id and v.day = s.day and v.mention_id = s.mention_id
    ) as is_current
from judged_score as s
semi join rejudged as j on s.client_id = j.client_id and s.day = j.day and s.item_id = j.item_id
semi join core.mention as m
    on s.client_id = m.client_id and s.day = m.day and s.mention_id = m.mention_id
order by s.client_id, s.day, s.mention_id, s.model;

delete from core.annotation
where day in (select day from rejudged) and item_id in (select item_id from rejudged);
insert into core.annotation by name
select a.* exclude (content_hash, batch_id)
from judged_annotation as a
semi join rejudged as j on a.client_id = j.client_id and a.day = j.day and a.item_id = j.item_id
order by a.client_id, a.day, a.item_id;

delete from core.item_theme
where day in (select day from rejudged) and item_id in (select item_id from rejudged);
insert into core.item_theme by name
select t.* exclude (batch_id)
from judged_theme as t
semi join rejudged as j on t.client_id = j.client_id and t.day = j.day and t.item_id = j.item_id
order by t.client_id, t.day, t.item_id;

delete from core.reply
where day in (select day from rejudged) and item_id in (select item_id from rejudged);
insert into core.reply by name
select r.* exclude (content_hash, batch_id)
from judged_reply as r
semi join rejudged as j on r.client_id = j.client_id and r.day = j.day and r.item_id = j.item_id
order by r.client_id, r.day, r.item_id;

-- For 35_reply.sql: whom these replies call is told once more.
create or replace temp table incoming as select item_id from rejudged;
create or replace temp table replaced as select item_id from rejudged limit 0;
