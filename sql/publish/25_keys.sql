-- Which keys the records of the staged batches had.
insert into ops.key_observation by name
select * from staged_key order by client_id, source_id, batch_id, key_path, value_type;
