-- Nothing staged, nothing sketched anew; withdrawals may still come.
create temp table if not exists resketched (
    client_id varchar, day date, item_id varchar, published_at timestamp, slots usmallint[]
);
