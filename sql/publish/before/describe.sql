-- Make clients, brands, calendars and sources equal to what is configured (configured_client,
-- configured_brand, configured_calendar, configured_source), and touch every client day that this
-- concerns: a new brand, competitor or weight concerns all days of its client, a new holiday only its own day,
-- what is expected of a source no metric at all. A client whose file has problems (broken_client)
-- keeps the rows it has.
create or replace temp table wanted_client as
from configured_client union all by name (from core.client semi join broken_client using (client_id));
create or replace temp table wanted_brand as
from configured_brand union all by name (from core.brand semi join broken_client using (client_id));
create or replace temp table wanted_calendar as
from configured_calendar
union all by name (from core.calendar semi join broken_client using (client_id));
create or replace temp table wanted_source as
from configured_source
union all by name (from core.source semi join broken_client using (client_id));
create or replace temp table wanted_weight as
from configured_reputation_weight
union all by name (from core.reputation_weight semi join broken_client using (client_id));

create or replace temp table differing as
select distinct client_id, null::date as day
from (
    (from core.client except from wanted_client) union all (from wanted_client except from core.client)
)
union
select distinct client_id, null::date
from (
    (from core.brand except from wanted_brand) union all (from wanted_brand except from core.brand)
)
union
select distinct client_id, null::date
from (
    (from core.reputation_weight except from wanted_weight)
    union all
    (from wanted_weight except from core.reputation_weight)
)
union
select distinct client_id, day
from (
    (from core.calendar except from wanted_calendar)
    union all
    (from wanted_calendar except from core.calendar)
);

create or replace temp table differing_source as
(from core.source except from wanted_source) union all (from wanted_source except from core.source);

delete from core.client where exists (from differing);
insert into core.client by name from wanted_client where exists (from differing);
delete from core.brand where exists (from differing);
insert into core.brand by name from wanted_brand where exists (from differing);
delete from core.reputation_weight where exists (from differing);
insert into core.reputation_weight by name from wanted_weight where exists (from differing);
delete from core.calendar where exists (from differing);
insert into core.calendar by name
from wanted_calendar where exists (from differing) order by client_id, day;
delete from core.source where exists (from differing_source);
insert into core.source by name from wanted_source where exists (from differing_source);

-- A brand that left its client's file takes its mentions and its attention along; `oyez rebuild` brings them back.
create or replace temp table orphan as
select m.client_id, m.day, m.mention_id
from core.mention as m
semi join core.client as c on m.client_id = c.client_id
anti join core.brand as b on m.client_id = b.client_id and m.brand_id = b.brand_id
where exists (from differing);
delete from core.verdict as v
using orphan as o
where v.client_id = o.client_id and v.day = o.day and v.mention_id = o.mention_id;
delete from core.mention as m
using orphan as o
where m.client_id = o.client_id and m.day = o.day and m.mention_id = o.mention_id;
create or replace temp table orphan_attention as
select distinct a.client_id, a.brand_id
from core.attention as a
semi join core.client as c on a.client_id = c.client_id
anti join core.brand as b on a.client_id = b.client_id and a.brand_id = b.brand_id
where exists (from differing);
delete from core.attention as a
using orphan_attention as o
where a.client_id = o.client_id and a.brand_id = o.brand_id;

insert into ops.scope
select c.client_id, c.day
from core.calendar as c
semi join differing as d on c.client_id = d.client_id and (d.day is null or c.day = d.day);
