-- What the themes of a period are drawn from: report_corpus, one row an item by others in the reported
-- span and in the baseline, with its terms; report_baseline, what each source gave to it; report_read, how
-- many items of the reported span were read at all.
-- The baseline is the twelve spans before the reported one, of which only those count that all compared
-- sources measured. A source is compared if it measured the reported span and at least half of the
-- measured spans before: a new source would make all its words new. Where a tenth of a source's items
-- lost their words, or were never read, it counts as not measured.
-- Parameters: see span_volume.sql.
create or replace temp table report_corpus as
with said as (
    select
        s.name, s.name = 'reported' as is_reported, m.client_id, m.day, m.item_id, m.source_id,
        m.language, coalesce(m.author_key, m.item_id) as author, m.sentiment, t.terms
    from report_span as s
    inner join core.mention_current as m
        on m.client_id = getvariable('client_id') and m.brand_id = getvariable('brand_id')
        and m.day between s.start_day and s.end_day
    left join core.item_theme as t
        on m.client_id = t.client_id and m.day = t.day and m.item_id = t.item_id
    where
        (s.name = 'reported' or s.name between 'history_00' and 'history_11')
        and not m.is_own_voice
)

select * from said;

create or replace temp table report_baseline as
with read as (
    select name, source_id, count(*) as item_count, count(terms) as read_count
    from report_corpus
    -- Terms of other languages are unknown, whatever was kept.
    where language in ('fr', 'en')
    group by name, source_id
),

measured as (
    select
        s.name, c.source_id,
        coalesce(any_value(r.read_count) >= 0.9 * any_value(r.item_count), true) as is_read
    from report_span as s
    inner join core.coverage_by_source as c
        on c.client_id = getvariable('client_id') and c.brand_id = getvariable('brand_id')
        and c.day between s.start_day and s.end_day
    left join read as r on s.name = r.name and c.source_id = r.source_id
    where
        c.measured_hours > 0 and (s.name = 'reported' or s.name between 'history_00' and 'history_11')
    group by s.name, c.source_id
),

span_count as (
    select count(distinct name) as spans from measured where name <> 'reported'
),

compared as (
    select m.source_id
    from measured as m
    cross join span_count as n
    where m.is_read
    group by m.source_id
    having
        bool_or(m.name = 'reported')
        and 2 * count(*) filter (where m.name <> 'reported') >= any_value(n.spans)
        and count(*) filter (where m.name <> 'reported') > 0
),

kept as (
    select m.name
    from measured as m
    semi join compared as c on m.source_id = c.source_id
    where m.is_read
    group by m.name
    having count(*) = (select count(*) from compared)
)

select
    m.name, m.source_id, m.name = 'reported' as is_reported,
    c.source_id is not null and k.name is not null as is_compared
from measured as m
left join compared as c on m.source_id = c.source_id
left join kept as k on m.name = k.name;

create or replace temp table report_read as
select count(*) as item_count from report_corpus where is_reported and len(terms) > 0;

delete from report_corpus as r
where
    r.terms is null or len(r.terms) = 0
    or not exists (
        from report_baseline as b
        where b.is_compared and r.name = b.name and r.source_id = b.source_id
    );
