-- One row for each thing that people said of a mention or of an item, in the order in which it was recorded.
--   select * from core.correction_entry where client_id = 'united' order by recorded_at, entry_id, place;
-- question: of the answers to one question the newest stands. Whether a mention is about the client, and
-- about which brand, is one question; each theme and each tag is its own.
-- action: set, remove (a theme or tag), undo (as if nobody had said anything).
select
    client_id, entry_id, place, recorded_at, change.by as recorded_by, change.note as note,
    change.mention_id as mention_id, change.item_id as item_id,
    change.field as field, change.action as action, change.value as value,
    case
        when change.field in ('not_about_us', 'wrong_brand') then 'about'
        when change.field in ('theme', 'tag') then change.field || ':' || change.value
        else change.field
    end as question
from (
    select
        client_id, entry_id, recorded_at,
        unnest(changes) as change,
        generate_subscripts(changes, 1) as place
    from (
        select
            client_id, entry_id, recorded_at,
            from_json(json_extract(body, '$.changes'), '[{
                "by": "varchar", "note": "varchar", "mention_id": "varchar", "item_id": "varchar",
                "field": "varchar", "action": "varchar", "value": "varchar"
            }]') as changes
        from ops.journal
        where kind = 'correction'
    )
)
