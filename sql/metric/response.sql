-- When each inbound message was first answered by the brand (card: response.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/response.sql
-- Reads the brand's posts up to eight days ahead: seven times 24 hours after the end of the day may
-- end an hour into the eighth local day when the clocks change.
with inbound as (
    select
        m.client_id, m.day, m.brand_id, m.item_id, m.network, m.channel, m.kind, m.thread_id,
        coalesce(m.original_id, m.item_id) as post_id,
        coalesce(b.parent_brand_id, m.brand_id) as voice_brand_id,
        m.published_at as received_at,
        d.end_at + to_days(7) as horizon_at,
        k.cutoff_at
    from core.mention_current as m
    semi join scope_day as s on m.client_id = s.client_id and m.day = s.day
    inner join core.brand as b on m.client_id = b.client_id and m.brand_id = b.brand_id
    inner join core.calendar as d on m.client_id = d.client_id and m.day = d.day
    left join core.data_cutoff as k on m.client_id = k.client_id
    where
        m.day between getvariable('from_day') and getvariable('to_day')
        and (m.is_inbound or is_review(m.kind, m.channel))
        and m.kind is distinct from 'repost' and not m.is_own_voice and not m.is_spam
),

-- Straight from core.item: a reply need not name the brand, and an agency may well exclude the
-- brand's own accounts from the mentions.
reply as (
    select client_id, owned_brand_id, network, thread_id, parent_item_id, published_at
    from core.item
    where
        day between getvariable('from_day') and getvariable('to_day') + 8
        and owned_brand_id is not null and withdrawn_at is null
),

-- The answered post may be known under several items, one for each source it came through.
to_post as (
    select r.client_id, r.owned_brand_id, coalesce(p.original_id, p.item_id) as post_id, r.published_at
    from reply as r
    inner join core.item as p on r.client_id = p.client_id and r.parent_item_id = p.item_id
    where p.day between getvariable('from_day') and getvariable('to_day')
),

answer as (
    select n.client_id, n.brand_id, n.item_id, r.published_at
    from inbound as n
    inner join to_post as r
        on n.client_id = r.client_id and n.voice_brand_id = r.owned_brand_id
        and n.post_id = r.post_id and n.received_at <= r.published_at
    union all
    select n.client_id, n.brand_id, n.item_id, r.published_at
    from inbound as n
    inner join reply as r
        on n.client_id = r.client_id and n.voice_brand_id = r.owned_brand_id
        and n.network = r.network and n.thread_id = r.thread_id
        and n.received_at <= r.published_at
    where r.parent_item_id is null
),

first_answer as (
    select client_id, brand_id, item_id, min(published_at) as answered_at
    from answer
    group by client_id, brand_id, item_id
),

seen as (
    select
        n.*, a.answered_at,
        greatest(n.received_at, least(n.horizon_at, n.cutoff_at)) as censored_at
    from inbound as n
    left join first_answer as a using (client_id, brand_id, item_id)
),

told as (
    select *, case when answered_at <= censored_at then answered_at end as first_response_at
    from seen
)

select
    client_id, day, brand_id, item_id, network, channel, kind,
    received_at, first_response_at, censored_at,
    first_response_at is not null as is_answered,
    cast(datesub('second', received_at, first_response_at) / 60 as decimal(14, 2)) as response_minutes,
    cast(
        datesub('second', received_at, coalesce(first_response_at, censored_at)) / 60
        as decimal(14, 2)
    ) as observed_minutes,
    first_response_at is not null or coalesce(horizon_at <= cutoff_at, false) as is_settled
from told
order by day, client_id, brand_id, received_at, item_id;
