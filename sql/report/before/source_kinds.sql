-- The kinds of site from which each source of a client ever delivered; null where it was not recorded.
-- Parameter: client_id.
select distinct source_id, source_kind from ops.batch where client_id = $client_id order by all
