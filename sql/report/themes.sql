-- Terms that the reported span holds more often than its baseline: log-odds ratio with an informative
-- Dirichlet prior that weighs as much as the span itself, z of 1.96 or more, and of the terms that pass
-- at most one in twenty by chance (Benjamini & Hochberg 1995). Languages are told apart: more messages in
-- English are no theme. A term counts once an item, and needs three items by three authors.
-- The sixty that stand out most; of equals the longer says more, and ties end with the term itself.
-- Parameters: see span_volume.sql, the variable minimum_n, and before/theme_corpus.sql.
with item_total as (
    select
        language,
        count(*) filter (where is_reported) as item_total,
        count(*) filter (where not is_reported) as baseline_item_total,
        sum(len(terms)) filter (where is_reported)::bigint as n,
        sum(len(terms)) filter (where not is_reported)::bigint as n0
    from report_corpus
    group by language
    having
        item_total >= getvariable('minimum_n') and baseline_item_total >= getvariable('minimum_n')
),

occurrence as (
    select is_reported, language, item_id, author, sentiment, unnest(terms) as term
    from report_corpus
    semi join item_total using (language)
),

counted as (
    select
        language, term,
        count(*) filter (where is_reported) as item_count,
        count(*) filter (where not is_reported) as baseline_item_count,
        count(*) filter (where is_reported and sentiment = 'positive') as positive_count,
        count(*) filter (where is_reported and sentiment = 'neutral') as neutral_count,
        count(*) filter (where is_reported and sentiment = 'negative') as negative_count
    from occurrence
    group by language, term
    having item_count >= 3 and count(distinct author) filter (where is_reported) >= 3
),

tested as (
    select
        *,
        log_odds_z(item_count, n, baseline_item_count, n0, n) as z_exact,
        count(*) over () as test_count
    from counted
    inner join item_total using (language)
),

ranked as (
    select
        *,
        row_number() over (
            order by z_exact desc, len(string_split(term, ' ')) desc, language, term
        ) as place
    from tested
),

significant as (
    select coalesce(max(place), 0) as places
    from ranked
    where z_exact >= 1.96 and normal_tail(z_exact) <= 0.05 * place / test_count
),

standing_out as (
    select * from ranked
    where
        place <= (select places from significant)
        -- Shorter items could make a term more frequent among the words, yet not among the items.
        and item_count * baseline_item_total > baseline_item_count * item_total
    order by place
    limit 60
),

held as (
    select o.language, o.term, list(o.item_id order by o.item_id) as item_ids
    from occurrence as o
    semi join standing_out as s on o.language = s.language and o.term = s.term
    where o.is_reported
    group by o.language, o.term
)

select
    s.language, s.term, s.item_count, s.item_total, s.baseline_item_count, s.baseline_item_total,
    cast(s.z_exact as decimal(8, 3)) as z,
    s.positive_count, s.neutral_count, s.negative_count, h.item_ids
from standing_out as s
inner join held as h on s.language = h.language and s.term = h.term
order by s.place
