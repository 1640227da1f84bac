-- What came to be known of each compared span since an instant: new items, items whose words or date
-- changed, newer counters, runs that measured some of its hours, corrections, withdrawals. Items count when
-- they name the brand (brand_id) or any brand of the client ('*'), or are the brand's own.
-- Parameters: $since (naive UTC); variables client_id and brand_id, table report_span: see
-- sql/report/span_volume.sql.
with span as (
    select * from report_span
),

landed as (
    select v.item_id, min(b.landed_at) as first_at, max(b.landed_at) as last_at
    from raw.item_version as v
    inner join ops.batch as b on v.batch_id = b.batch_id
    where v.client_id = getvariable('client_id')
    group by v.item_id
    having max(b.landed_at) > $since
),

fresh as (
    select distinct s.name, l.item_id, l.first_at > $since as is_new
    from landed as l
    inner join raw.item_version as v
        on v.client_id = getvariable('client_id') and l.item_id = v.item_id
    inner join span as s on v.day between s.start_day and s.end_day
),

item as (
    select i.item_id, i.day, i.owned_brand_id, i.withdrawn_at
    from core.item as i
    where i.client_id = getvariable('client_id')
),

concerned as (
    select m.item_id, m.brand_id
    from core.mention as m
    where m.client_id = getvariable('client_id')
    union
    select item_id, owned_brand_id from item where owned_brand_id is not null
),

wanted as (
    select '*' as brand_id, item_id from concerned
    union
    select brand_id, item_id from concerned where brand_id = getvariable('brand_id')
),

read_again as (
    select distinct s.name, c.item_id
    from core.counter as c
    inner join span as s on c.day between s.start_day and s.end_day
    where
        c.client_id = getvariable('client_id') and c.collected_at > $since
        and c.item_id not in (select item_id from fresh where is_new)
),

measured as (
    select s.name, count(distinct c.batch_id) as run_count
    from ops.coverage as c
    inner join ops.batch as b on c.batch_id = b.batch_id
    inner join span as s on c.start_at < s.end_at and c.end_at > s.start_at
    where
        c.client_id = getvariable('client_id') and b.landed_at > $since
        and c.state in ('ok', 'ok_empty', 'partial')
    group by s.name
),

said as (
    select distinct
        s.name, coalesce(e.item_id, m.item_id) as item_id, e.entry_id, e.place, e.field
    from core.correction_entry as e
    left join core.mention as m on e.client_id = m.client_id and e.mention_id = m.mention_id
    inner join item as i on coalesce(e.item_id, m.item_id) = i.item_id
    inner join span as s on i.day between s.start_day and s.end_day
    where e.client_id = getvariable('client_id') and e.recorded_at > $since
),

gone as (
    select s.name, w.item_id
    from ops.withdrawal as w
    inner join item as i on w.item_id = i.item_id
    inner join span as s on i.day between s.start_day and s.end_day
    where w.client_id = getvariable('client_id') and w.withdrawn_at > $since
)

select
    s.name, b.brand_id,
    (
        select count(*) from fresh as f
        inner join wanted as w on f.item_id = w.item_id and w.brand_id = b.brand_id
        where f.name = s.name and f.is_new
    ) as new_count,
    -- Of any brand: what changed may name another one now.
    (select count(*) from fresh as f where f.name = s.name and not f.is_new) as changed_count,
    (
        select count(*) from read_again as r
        inner join wanted as w on r.item_id = w.item_id and w.brand_id = b.brand_id
        where r.name = s.name
    ) as counter_count,
    coalesce((select run_count from measured as m where m.name = s.name), 0) as run_count,
    (select count(*) from said where said.name = s.name and field = 'sentiment') as sentiment_count,
    (
        select count(*) from said
        where said.name = s.name and field in ('not_about_us', 'wrong_brand', 'spam')
    ) as about_count,
    (select count(*) from gone where gone.name = s.name) as withdrawn_count
from span as s
cross join (select getvariable('brand_id') as brand_id union select '*') as b
order by s.name, b.brand_id
