delete from metric.<metric>
where
    day between getvariable('from_day') and getvariable('to_day')
    and (client_id, day) in (select (client_id, day) from scope_day)
