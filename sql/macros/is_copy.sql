-- Whether two sketches have two thirds of their numbers in common (decision 0052); null slots are like none.
create or replace macro is_copy(slots, others) as
    coalesce(
        len(slots) = len(others)
        and 3 * len(list_filter(range(1, len(slots) + 1), lambda place: slots[place] = others[place]))
        >= 2 * len(slots),
        false
    )
