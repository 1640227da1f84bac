-- How much the themes of the reported span rest on: items that were read, those that were compared, spans
-- of the baseline, and the sources that measured the span and are compared with nothing.
-- Parameters: see span_volume.sql, the variable minimum_n, and before/theme_corpus.sql.
select
    (select item_count from report_read) as read_count,
    (select count(*) from report_corpus where is_reported) as item_count,
    (select count(*) from report_corpus where not is_reported) as baseline_item_count,
    (
        select count(*) from (
            select language from report_corpus
            group by language
            having
                count(*) filter (where is_reported) >= getvariable('minimum_n')
                and count(*) filter (where not is_reported) >= getvariable('minimum_n')
        )
    ) as language_count,
    (
        select count(distinct name) from report_baseline where is_compared and not is_reported
    ) as span_count,
    (
        select coalesce(list(source_id order by source_id), [])
        from report_baseline where is_reported and not is_compared
    ) as left_out
