-- One row for each source and local day of its client's calendar, in exactly one state (law 11).
--   select * from core.source_day where client_id = 'united' and day = date '2015-02-17';
-- A configured source has a row on every day, whether it was asked or not; one that is in no client file has
-- them from the first day that is known of it, and is `not_configured` after the last one.
-- state: as in ops.coverage, over all brands that the source was ever asked about: ok and ok_empty only if
-- all of the day was measured for all of them, partial if some of it was. measured_hours: for the brand that
-- the source measured best; 0 in every other state.
-- cause, where nothing at all was recorded of the day: before_first (the source's first known day came later),
-- not_delivered (a file that nobody dropped), not_run (a site that was not asked), not_listed (the source has
-- left its client's file). reason: the source's own words for what was not measured.
-- A source that counts attention (core.attention) measures no hour of mentions; its day is the UTC day of the
-- same date, ok when every count of it is known.
-- The calendar may reach a day or two past the last covered day: such days are not_asked.
with observed as (
    select client_id, source_id, brand_id, day, state, measured_hours, has_gap
    from core.coverage_by_source
    union all
    select
        a.client_id, a.source_id, a.brand_id, d.day,
        case
            when count(a.value) = count(*) then 'ok'
            when count(a.value) > 0 then 'partial'
            else 'not_asked'
        end,
        case when count(a.value) > 0 then any_value(epoch_us(d.end_at) - epoch_us(d.start_at)) / 3600000000 else 0 end,
        count(a.value) < count(*)
    from core.attention as a
    inner join core.calendar as d on a.client_id = d.client_id and a.day_utc = d.day
    group by a.client_id, a.source_id, a.brand_id, d.day
),

heard as (
    select client_id, source_id, min(day) as first_day, max(day) as last_day
    from observed
    group by client_id, source_id
),

source as (
    select
        coalesce(s.client_id, h.client_id) as client_id,
        coalesce(s.source_id, h.source_id) as source_id,
        s.source_id is not null as is_configured,
        s.kind, h.first_day, h.last_day
    from core.source as s
    full join heard as h on s.client_id = h.client_id and s.source_id = h.source_id
),

asked_about as (
    select client_id, source_id, count(distinct brand_id) as brand_count
    from observed
    group by client_id, source_id
),

measured as (
    select
        client_id, source_id, day,
        count(*) filter (where state in ('ok', 'ok_empty')) as whole_count,
        count(*) filter (where state = 'ok') as ok_count,
        max(measured_hours) as measured_hours,
        bool_or(has_gap) as has_gap,
        arg_min(state, coalesce(list_position(
            ['throttled', 'source_down', 'auth_failed', 'not_configured', 'not_asked'], state
        ), 9)) as best_state
    from observed
    group by client_id, source_id, day
),

word as (
    select g.client_id, g.source_id, d.day, g.state, g.reason
    from ops.coverage as g
    inner join core.calendar as d
        on g.client_id = d.client_id and g.start_at < d.end_at and g.end_at > d.start_at
    where g.reason is not null and g.state not in ('ok', 'ok_empty')
    union all
    select client_id, source_id, day_utc, 'not_asked', subject || ': ' || reason
    from core.attention
    where value is null and reason is not null
),

told as (
    -- The worst of what was told, and of equals the first words: the same in every order of arrival.
    select
        client_id, source_id, day,
        min([
            coalesce(list_position(
                ['auth_failed', 'source_down', 'throttled', 'not_configured', 'not_asked', 'partial'], state
            ), 9)::varchar,
            reason
        ])[2] as reason
    from word
    group by client_id, source_id, day
)

select
    d.client_id, s.source_id, d.day,
    case
        when m.day is not null and m.whole_count = a.brand_count and m.ok_count > 0 then 'ok'
        when m.day is not null and m.whole_count = a.brand_count then 'ok_empty'
        when m.measured_hours > 0 then 'partial'
        when m.day is not null then m.best_state
        when not s.is_configured and d.day > s.last_day then 'not_configured'
        else 'not_asked'
    end as state,
    coalesce(m.measured_hours, 0)::decimal(5, 2) as measured_hours,
    cast((epoch_us(d.end_at) - epoch_us(d.start_at)) / 3600000000 as decimal(5, 2)) as day_hours,
    coalesce(m.has_gap, false) as has_gap,
    case
        when m.day is not null then null
        when d.day < s.first_day then 'before_first'
        when not s.is_configured and d.day > s.last_day then 'not_listed'
        when coalesce(s.kind, 'file') = 'file' then 'not_delivered'
        else 'not_run'
    end as cause,
    case when m.whole_count is distinct from a.brand_count then t.reason end as reason
from source as s
inner join core.calendar as d
    on s.client_id = d.client_id and (s.is_configured or d.day >= s.first_day)
left join asked_about as a on s.client_id = a.client_id and s.source_id = a.source_id
left join measured as m
    on s.client_id = m.client_id and s.source_id = m.source_id and d.day = m.day
left join told as t
    on s.client_id = t.client_id and s.source_id = t.source_id and d.day = t.day
