delete from metric.<metric>
where
    (client_id, day) in (select (client_id, day) from scope_day)
    or (<key>) in (select (<key>) from run_row)
