-- Whom members help, and who is thanked (card: member_help.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/member_help.sql
-- A reply belongs to the day on which it was written; what it answers is looked for in the 30 days before it, a
-- topic in the eight before its first answer. A reply that does not say what it answers helps and thanks nobody
-- in particular.
with reply as (
    select
        m.client_id, m.day, m.brand_id, m.author_key, m.is_own_voice, m.parent_item_id, m.item_id,
        m.language in ('fr', 'en') and coalesce(list_contains(a.intents, 'thanks'), false) as has_thanks
    from core.mention_current as m
    semi join scope_day as s on m.client_id = s.client_id and m.day = s.day
    left join (
        select client_id, day, item_id, intents
        from core.annotation
        where day between getvariable('from_day') and getvariable('to_day')
    ) as a on m.client_id = a.client_id and m.day = a.day and m.item_id = a.item_id
    where
        m.day between getvariable('from_day') and getvariable('to_day')
        and m.channel = 'community' and m.author_key is not null
        and m.parent_item_id is not null and m.kind is distinct from 'repost'
),

exchange as (
    select
        r.client_id, r.day, r.brand_id, r.author_key, r.is_own_voice, r.has_thanks,
        p.author_key as answered_author_key,
        coalesce(p.owned_brand_id in (r.brand_id, b.parent_brand_id), false) as is_answered_own_voice
    from reply as r
    inner join core.item as p on r.client_id = p.client_id and r.parent_item_id = p.item_id
    inner join core.brand as b on r.client_id = b.client_id and r.brand_id = b.brand_id
    where
        p.day between getvariable('from_day') - 30 and getvariable('to_day')
        and p.author_key is not null and p.author_key <> r.author_key and p.withdrawn_at is null
),

first_answer as (
    select
        t.client_id, cast(timezone(c.timezone, timezone('UTC', t.answered_at)) as date) as day,
        t.brand_id, t.answer_author_key as author_key, t.is_answered_by_brand
    from metric.topic as t
    inner join core.client as c on t.client_id = c.client_id
    where
        t.day between getvariable('from_day') - 8 and getvariable('to_day')
        and t.answered_at is not null
),

deed as (
    select
        client_id, day, brand_id, author_key, is_own_voice,
        1 as reply_count, 0 as first_answer_count, 0 as thanks_count
    from exchange
    union all
    select client_id, day, brand_id, author_key, is_answered_by_brand, 0, 1, 0
    from first_answer
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    union all
    select client_id, day, brand_id, answered_author_key, is_answered_own_voice, 0, 0, 1
    from exchange
    where has_thanks
)

select
    client_id, day, brand_id, author_key,
    bool_or(is_own_voice) as is_own_voice,
    cast(sum(reply_count) as bigint) as reply_count,
    cast(sum(first_answer_count) as bigint) as first_answer_count,
    cast(sum(thanks_count) as bigint) as thanks_count
from deed
group by client_id, day, brand_id, author_key
order by day, client_id, brand_id, author_key;
