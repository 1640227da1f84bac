-- The rows that `outdated` found: looked up by their place, not once more by their keys.
delete from metric.<metric>
where rowid in (select row_number from run_outdated)
