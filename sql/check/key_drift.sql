-- severity: warn
-- message: the records of a source changed their keys; look whether what is read is still there
-- A key that most records had in earlier batches and none has now, or whose values have another type. New
-- keys are harmless and listed by ops.key_observation. Asked of the batches of this publish alone.
with recent as (
    select i.batch_id
    from core.item as i
    semi join scope_day as s on i.client_id = s.client_id and i.day = s.day
    where i.day between getvariable('from_day') and getvariable('to_day')
),

batch as (
    select b.batch_id, b.client_id, b.source_id, b.landed_at
    from ops.batch as b
    semi join recent on b.batch_id = recent.batch_id
    anti join ops.publish as p on b.publish_id = p.publish_id
    where b.item_count >= 20
),

earlier as (
    select
        b.batch_id as new_batch_id, k.client_id, k.source_id, k.key_path, k.value_type,
        sum(k.item_count) as item_count,
        count(distinct k.batch_id) as batch_count,
        sum(k.batch_item_count) as seen_count
    from batch as b
    inner join ops.key_observation as k
        on b.client_id = k.client_id and b.source_id = k.source_id and k.observed_at < b.landed_at
        and k.value_type <> 'null'
    group by b.batch_id, k.client_id, k.source_id, k.key_path, k.value_type
),

usual as (
    select * from earlier where batch_count >= 3 and item_count >= 0.9 * seen_count
),

now_seen as (
    select k.batch_id, k.key_path, k.value_type
    from ops.key_observation as k
    semi join batch as b on k.batch_id = b.batch_id
    where k.value_type <> 'null'
)

select
    u.client_id, u.source_id, u.key_path,
    case when same_key.key_path is null then 'vanished' else 'retyped' end as change
from usual as u
left join (select distinct batch_id, key_path from now_seen) as same_key
    on u.new_batch_id = same_key.batch_id and u.key_path = same_key.key_path
anti join now_seen as n
    on u.new_batch_id = n.batch_id and u.key_path = n.key_path and u.value_type = n.value_type
order by u.client_id, u.source_id, u.key_path;
