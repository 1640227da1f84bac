-- severity: warn
-- message: a source changed the keys of its records → see whether its connector or mapping still reads them; all of them: select * from core.key_change
-- New, vanished and retyped keys (sql/macros/key_change.sql) of the sources whose newest batch belongs to
-- this publish; told for 14 batches, then it is the source's way. What is judged reaches 24 batches and 150
-- days back: enough for three batches of a monthly export, and no more to read in the tenth year.
with newest as (
    select client_id, source_id, max_by(batch_id, (landed_at, batch_id)) as batch_id
    from ops.batch
    group by client_id, source_id
),

this_publish as (
    select n.client_id, n.source_id
    from newest as n
    inner join ops.batch as b on n.batch_id = b.batch_id
    anti join ops.publish as p on b.publish_id = p.publish_id
    semi join (
        select i.batch_id
        from core.item as i
        semi join scope_day as s on i.client_id = s.client_id and i.day = s.day
        where i.day between getvariable('from_day') and getvariable('to_day')
    ) as recent on n.batch_id = recent.batch_id
)

select c.client_id, c.source_id, c.key_path, c.change, c.types, c.since_at::date as since
from key_change(getvariable('from_day')::timestamp - interval 150 day, 24) as c
semi join this_publish as t on c.client_id = t.client_id and c.source_id = t.source_id
where c.batch_count <= 14
order by
    c.client_id, c.source_id,
    case c.change when 'vanished' then 1 when 'retyped' then 2 else 3 end,
    c.key_path;
