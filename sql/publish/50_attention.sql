-- Keep the best reading of each subject and day: a count rather than a gap, then the newest. A site that is
-- down today has not unsaid what it counted yesterday.
create or replace temp table best_attention as
select *
from (
    select s.* from staged_attention as s
    -- It may have been staged before a brand left the client's file.
    semi join core.brand as b on s.client_id = b.client_id and s.brand_id = b.brand_id
    union all by name
    select a.* from core.attention as a
    semi join staged_attention as s
        on a.client_id = s.client_id and a.brand_id = s.brand_id and a.measure = s.measure
        and a.subject = s.subject and a.day_utc = s.day_utc
)
qualify row_number() over (
    partition by client_id, brand_id, measure, subject, day_utc
    order by value is null, collected_at desc, batch_id desc
) = 1;
delete from core.attention as a
using best_attention as b
where
    a.client_id = b.client_id and a.brand_id = b.brand_id and a.measure = b.measure
    and a.subject = b.subject and a.day_utc = b.day_utc;
insert into core.attention by name
select * from best_attention order by client_id, day_utc, brand_id, measure, subject;
