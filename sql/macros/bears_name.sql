-- Whether a displayed name or a handle holds a name that somebody is called by, or begins like it:
--   select bears_name('AshleyK78', 'Ash'), bears_name('Jean-Marc Durand', 'Mme Martin');  -- true, false
create or replace macro bears_name(author, called) as (
    select
        list_contains(borne, name)
        or (length(name) > 2 and contains(array_to_string(borne, ''), name))
        or (length(name) > 3 and list_contains([left(one, 4) for one in borne], left(name, 4)))
    from (
        select
            regexp_extract_all(lower(strip_accents(author)), '[\p{L}]+') as borne,
            -- of "Mme Martin" only the name is borne
            regexp_extract_all(lower(strip_accents(called)), '[\p{L}]+')[-1] as name
    )
);
