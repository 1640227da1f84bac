-- What the table <table> says of one item. Parameters: client_id, day, item_id.
select * from core.<table>
where client_id = $client_id and day = $day and item_id = $item_id
order by all
