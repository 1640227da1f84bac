-- How the records of a source changed their keys since an instant, within its last so many batches: new,
-- vanished and retyped ones.
--   from key_change(timestamp '2026-05-01', 24);  -- client, source, key, change, types, since when
-- A key is judged by batches with 20 records or more in three batches before the change, and 10 since:
--   new       in no record before, in half of them or more since;
--   vanished  in nine of ten records before, in none since (a value of null is none);
--   retyped   a type of value that was never seen before in half or more of its values since.
-- So a key that records rarely have, or that holds now this and now that, is no change. What lies within a
-- key that changed is not listed beside it.
create or replace macro key_change(from_at, batch_limit) as table
with wanted as (
    select batch_id
    from ops.batch
    where landed_at >= from_at and item_count > 0
    qualify
        row_number() over (partition by client_id, source_id order by landed_at desc, batch_id desc)
        <= batch_limit
),

seen as (
    select
        k.client_id, k.source_id, k.batch_id, k.observed_at, k.key_path, k.value_type, k.item_count,
        k.batch_item_count
    from ops.key_observation as k
    semi join wanted as w on k.batch_id = w.batch_id
    where k.observed_at >= from_at
),

batch as (
    select
        client_id, source_id, batch_id,
        min(observed_at) as observed_at,
        max(batch_item_count) as record_count,
        row_number() over each_source as number,
        sum(max(batch_item_count)) over each_source as record_total
    from seen
    group by client_id, source_id, batch_id
    window each_source as (partition by client_id, source_id order by min(observed_at), batch_id)
),

source as (
    select client_id, source_id, max(number) as last_number, sum(record_count) as record_total
    from batch
    group by client_id, source_id
),

typed as (
    select b.client_id, b.source_id, k.key_path, k.value_type, b.number, k.item_count
    from seen as k
    inner join batch as b
        on k.client_id = b.client_id and k.source_id = b.source_id and k.batch_id = b.batch_id
    where k.value_type <> 'null'
),

-- The members of a list may have several types at once: a key is in no more records than there are.
present as (
    select
        t.client_id, t.source_id, t.key_path, t.number,
        least(sum(t.item_count), max(b.record_count)) as item_count
    from typed as t
    inner join batch as b
        on t.client_id = b.client_id and t.source_id = b.source_id and t.number = b.number
    group by t.client_id, t.source_id, t.key_path, t.number
),

key as (
    select
        client_id, source_id, key_path,
        min(number) as first_number,
        max(number) as last_number,
        sum(item_count) as item_count
    from present
    group by client_id, source_id, key_path
),

key_types as (
    select client_id, source_id, key_path, string_agg(distinct value_type, '/' order by value_type) as types
    from typed
    group by client_id, source_id, key_path
),

fresh as (
    select
        k.client_id, k.source_id, k.key_path, 'new' as change, t.types, b.observed_at as since_at,
        s.last_number - b.number + 1 as batch_count
    from key as k
    inner join key_types as t
        on k.client_id = t.client_id and k.source_id = t.source_id and k.key_path = t.key_path
    inner join source as s on k.client_id = s.client_id and k.source_id = s.source_id
    inner join batch as b
        on k.client_id = b.client_id and k.source_id = b.source_id and k.first_number = b.number
    where
        b.number > 3
        and b.record_total - b.record_count >= 20
        and s.record_total - b.record_total + b.record_count >= 10
        and k.item_count >= 0.5 * (s.record_total - b.record_total + b.record_count)
),

vanished as (
    select
        k.client_id, k.source_id, k.key_path, 'vanished' as change, t.types, after.observed_at as since_at,
        s.last_number - k.last_number as batch_count
    from key as k
    inner join key_types as t
        on k.client_id = t.client_id and k.source_id = t.source_id and k.key_path = t.key_path
    inner join source as s on k.client_id = s.client_id and k.source_id = s.source_id
    inner join batch as b
        on k.client_id = b.client_id and k.source_id = b.source_id and k.first_number = b.number
    inner join batch as e
        on k.client_id = e.client_id and k.source_id = e.source_id and k.last_number = e.number
    inner join batch as after
        on k.client_id = after.client_id and k.source_id = after.source_id
        and k.last_number + 1 = after.number
    where
        k.last_number - k.first_number >= 2
        and e.record_total - b.record_total + b.record_count >= 20
        and s.record_total - e.record_total >= 10
        and k.item_count >= 0.9 * (e.record_total - b.record_total + b.record_count)
),

first_typed as (
    select client_id, source_id, key_path, value_type, min(number) as first_number, sum(item_count) as item_count
    from typed
    group by client_id, source_id, key_path, value_type
),

retyped as (
    select
        f.client_id, f.source_id, f.key_path, 'retyped' as change,
        string_agg(distinct o.value_type, '/' order by o.value_type) filter (where o.number < f.first_number)
        || ' → ' || f.value_type as types,
        b.observed_at as since_at,
        s.last_number - f.first_number + 1 as batch_count
    from first_typed as f
    inner join typed as o
        on f.client_id = o.client_id and f.source_id = o.source_id and f.key_path = o.key_path
    inner join source as s on f.client_id = s.client_id and f.source_id = s.source_id
    inner join batch as b
        on f.client_id = b.client_id and f.source_id = b.source_id and f.first_number = b.number
    group by
        f.client_id, f.source_id, f.key_path, f.value_type, f.first_number, f.item_count, b.observed_at,
        s.last_number
    having
        count(distinct o.number) filter (where o.number < f.first_number) >= 3
        and sum(o.item_count) filter (where o.number < f.first_number) >= 20
        and f.item_count >= 10
        and f.item_count >= 0.5 * sum(o.item_count) filter (where o.number >= f.first_number)
),

change as (
    from fresh
    union all by name
    from vanished
    union all by name
    from retyped
)

select c.client_id, c.source_id, c.key_path, c.change, c.types, c.since_at, c.batch_count
from change as c
where
    not exists (
        select 1
        from change as outer_key
        where
            c.client_id = outer_key.client_id
            and c.source_id = outer_key.source_id
            and c.since_at = outer_key.since_at
            and (
                starts_with(c.key_path, outer_key.key_path || '.')
                or starts_with(c.key_path, outer_key.key_path || '[]')
            )
    )
