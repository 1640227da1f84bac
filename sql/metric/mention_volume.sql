-- Items that name a brand, by local day, network, source and language (card: mention_volume.yml).
-- Parameters: table scope_day(client_id, day); variables from_day and to_day, which bound its days.
-- Run it by hand, from the project's folder:
--   create or replace temp table scope_day as
--       select client_id, day from core.calendar where day between '2015-02-16' and '2015-02-22';
--   set variable from_day = date '2015-02-16';
--   set variable to_day = date '2015-02-22';
--   .read sql/metric/mention_volume.sql
-- What the brand says itself is counted apart (docs/decisions/0020).
with counted as (
    select
        client_id, day, brand_id, network, source_id, language,
        count(*) filter (where not is_own_voice) as item_count,
        count(*) filter (where not is_own_voice and sentiment = 'positive') as positive_count,
        count(*) filter (where not is_own_voice and sentiment = 'neutral') as neutral_count,
        count(*) filter (where not is_own_voice and sentiment = 'negative') as negative_count,
        count(*) filter (where not is_own_voice and sentiment is null) as unscored_count,
        count(*) filter (where is_own_voice) as own_voice_count
    from core.mention_current
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day')
    group by client_id, day, brand_id, network, source_id, language
),

watched as (
    select client_id, day, brand_id, source_id, state
    from core.coverage_by_source
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day') and measured_hours > 0
),

-- A source that watched and found nothing says zero; one that did not watch says nothing.
silent as (
    select client_id, day, brand_id, source_id
    from watched
    anti join counted using (client_id, day, brand_id, source_id)
),

measured as (
    select client_id, day, brand_id, state, measured_pct
    from coverage_day(getvariable('from_day'), getvariable('to_day'))
)

select
    r.client_id, r.day, r.brand_id, r.network, r.source_id, r.language,
    coalesce(r.item_count, 0) as item_count,
    coalesce(r.positive_count, 0) as positive_count,
    coalesce(r.neutral_count, 0) as neutral_count,
    coalesce(r.negative_count, 0) as negative_count,
    coalesce(r.unscored_count, 0) as unscored_count,
    coalesce(r.own_voice_count, 0) as own_voice_count,
    case when m.state = 'ok' then 'ok' else 'partial' end as coverage,
    coalesce(m.measured_pct, 0.00) as measured_pct,
    coalesce(w.state, 'not_asked') as source_coverage
from (from counted union all by name from silent) as r
left join measured as m using (client_id, day, brand_id)
left join watched as w using (client_id, day, brand_id, source_id)
order by r.day, r.client_id, r.brand_id, r.network, r.source_id, r.language;
