-- Attention to the report's brand in the reported and the previous span, by measure, over UTC days of the
-- same dates. A day is known if all its subjects are; value is the sum over such days. Nobody adds it to
-- mentions (decision 0042). Parameters: see span_volume.sql.
with day as (
    select
        s.name, s.end_day - s.start_day + 1 as day_count, a.measure, a.day_utc,
        case when count(a.value) = count(*) then sum(a.value) end as value,
        list(a.subject) as subjects
    from report_span as s
    inner join core.attention as a
        on a.client_id = getvariable('client_id') and a.brand_id = getvariable('brand_id')
        and a.day_utc between s.start_day and s.end_day
    where s.name in ('reported', 'previous')
    group by s.name, s.start_day, s.end_day, a.measure, a.day_utc
)

select
    name, measure,
    sum(value)::bigint as value,
    count(value) as known_day_count,
    list_sort(list_distinct(flatten(list(subjects)))) as subjects,
    count(value) = day_count
    and min(len(subjects)) = len(list_distinct(flatten(list(subjects)))) as is_complete
from day
group by name, measure, day_count
order by name, measure
