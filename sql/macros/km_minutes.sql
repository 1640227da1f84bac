-- Minutes within which a share of the cases is answered (Kaplan–Meier): the first time by which the
-- curve of what still waits has come down to 1 - share; null if it never does.
--   select km_minutes([{'minutes': 5.0, 'is_answered': true}, {'minutes': 9.0, 'is_answered': false}], 0.5);
--   -- 5.0; over a table: km_minutes(list({'minutes': observed_minutes, 'is_answered': is_answered}), 0.5)
-- A case without an answer counts as waiting until its minutes, and says nothing after them.
-- Kaplan & Meier (1958), Journal of the American Statistical Association 53:457-481.
create or replace macro km_minutes(cases, share) as (
    select min(minutes)
    from (
        select
            minutes,
            -- nine digits: 1/2 × 2/3 × 3/2 must meet one half
            round(product(1 - answered_count / open_count) over (order by minutes), 9) as waiting
        from (
            select minutes, answered_count, sum(case_count) over (order by minutes desc) as open_count
            from (
                select
                    one.minutes as minutes,
                    count(*) as case_count,
                    count(*) filter (where one.is_answered) as answered_count
                from (select unnest(cases) as one)
                group by one.minutes
            )
        )
        where answered_count > 0
    )
    where waiting <= round(1 - share, 9)
)
