-- How the brand answered, without the names that it called and signed with: names are handed out on request.
select
    r.* replace (
        case when w.item_id is null and getvariable('with_names') then r.greeted end as greeted,
        case when w.item_id is null and getvariable('with_names') then r.greeted_unlisted end as greeted_unlisted,
        case when w.item_id is null and getvariable('with_names') then r.signed end as signed,
        case when w.item_id is null and getvariable('with_names') then r.signed_initials end as signed_initials
    )
from origin.core.reply as r
left join share_wordless as w on r.item_id = w.item_id
