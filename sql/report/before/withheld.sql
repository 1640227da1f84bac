-- What a report may not print: posts whose words or author stay out (report_withheld), and authors whose
-- name does (report_nameless). Of a post that several sources brought, the strictest of those that still
-- have it decides; what was withdrawn, or let go, binds nobody any more. What its author did not publish
-- for everybody is not quoted, but the brand's own.
-- Parameters: variable client_id; table report_terms, one row a source.
create or replace temp table report_withheld as
with bound as (
    select
        i.original_id, i.author_key, i.visibility,
        coalesce(i.visibility, 'public') <> 'public' and b.brand_id is null as is_reserved,
        not coalesce(t.may_show_text, false) as is_text_withheld,
        not coalesce(t.may_show_author, false) as is_author_withheld,
        coalesce(t.site, i.source_id) as site
    from core.item as i
    left join report_terms as t on i.source_id = t.source_id
    left join core.brand as b
        on i.client_id = b.client_id and i.owned_brand_id = b.brand_id and b.kind = 'own'
    where
        i.client_id = getvariable('client_id') and i.withdrawn_at is null and i.text is not null
)

select
    original_id,
    bool_or(is_reserved) as is_reserved,
    bool_or(is_reserved or is_text_withheld) as is_text_withheld,
    bool_or(is_reserved or is_author_withheld) as is_author_withheld,
    bool_or(is_author_withheld) as is_author_barred,
    min(site) filter (where is_text_withheld) as site
from bound
where is_reserved or is_text_withheld or is_author_withheld
group by original_id;

create or replace temp table report_nameless as
select i.author_key
from core.item as i
left join report_withheld as w on i.original_id = w.original_id
where
    i.client_id = getvariable('client_id') and i.withdrawn_at is null and i.author_key is not null
group by i.author_key
having
    -- A setting of the account, not of one post.
    bool_or(coalesce(i.visibility = 'signed_in', false))
    or bool_and(coalesce(i.visibility, 'public') <> 'public')
    or bool_or(coalesce(w.is_author_barred, false))
    -- Its name went with the words of all that it wrote.
    or bool_and(i.text is null);
