-- Kept editions that items of the last publish came too late for: how many, and of which days. A new item
-- counts where it names the edition's brand or a competitor; one whose words or date changed counts
-- wherever it stood or stands.
-- Parameters: table issued_edition (known_at: the last publish that the edition saw).
with last as (
    select publish_id
    from ops.publish
    order by published_at desc, publish_id desc
    limit 1
),

brought as (
    select v.client_id, v.item_id, max(b.landed_at) as landed_at
    from raw.item_version as v
    inner join ops.batch as b on v.batch_id = b.batch_id
    semi join last as l on b.publish_id = l.publish_id
    group by v.client_id, v.item_id
),

-- Every day that it stood at, and since when it is known.
seen as (
    select
        v.client_id, v.item_id, v.day, n.landed_at,
        min(b.landed_at) over (partition by v.client_id, v.item_id) as first_at
    from raw.item_version as v
    inner join ops.batch as b on v.batch_id = b.batch_id
    inner join brought as n on v.client_id = n.client_id and v.item_id = n.item_id
)

select
    e.number,
    count(distinct s.item_id) as item_count,
    min(s.day) as first_day,
    max(s.day) as last_day
from issued_edition as e
inner join seen as s
    on
        e.client_id = s.client_id and s.day between e.start_day and e.end_day
        and s.landed_at > e.known_at
where
    s.first_at <= e.known_at
    or exists (
        select 1
        from core.mention_current as m
        inner join core.brand as b on m.client_id = b.client_id and m.brand_id = b.brand_id
        where
            m.client_id = s.client_id and m.day = s.day and m.item_id = s.item_id
            and (m.brand_id = e.brand_id or b.kind = 'competitor')
    )
group by e.number
order by e.number
