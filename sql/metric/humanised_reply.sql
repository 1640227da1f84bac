-- How human the brand's replies read (card: humanised_reply.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/humanised_reply.sql
-- Straight from core.item: an agency may well exclude the brand's own accounts from the mentions.
with reply as (
    select i.client_id, i.day, i.owned_brand_id as brand_id, r.*
        exclude (client_id, day)
    from core.item as i
    semi join scope_day as s on i.client_id = s.client_id and i.day = s.day
    inner join (
        select * from core.reply
        where day between getvariable('from_day') and getvariable('to_day')
    ) as r on i.client_id = r.client_id and i.day = r.day and i.item_id = r.item_id
    where
        i.day between getvariable('from_day') and getvariable('to_day')
        and i.owned_brand_id is not null and i.is_primary and i.withdrawn_at is null
),

counted as (
    select
        client_id, day, brand_id,
        count(*) as reply_count,
        count(*) filter (where is_addressed) as addressed_count,
        count(*) filter (where is_signed) as signed_count,
        count(*) filter (where is_initialled) as initialled_count,
        count(has_empathy) as read_count,
        count(*) filter (where has_empathy) as empathy_count,
        count(*) filter (where has_thanks) as thanks_count,
        count(*) filter (where has_follow_up) as follow_up_count
    from reply
    group by client_id, day, brand_id
)

select c.*, case when m.state = 'ok' then 'ok' else 'partial' end as coverage
from counted as c
left join (
    select client_id, day, brand_id, state
    from coverage_day(getvariable('from_day'), getvariable('to_day'))
) as m using (client_id, day, brand_id)
order by c.day, c.client_id, c.brand_id;
