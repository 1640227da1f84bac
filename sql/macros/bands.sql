-- Four numbers of a sketch at a time, with their place: two sketches are compared only if a band is equal.
-- A short text has one band, which no longer text shares.
create or replace macro bands(slots) as
    case when len(slots) = 4 then [hash(slots, -1)]
        else list_transform(range(0, len(slots), 4), lambda first: hash(slots[first + 1:first + 4], first))
    end
