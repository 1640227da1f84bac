-- Items of each theme that can be quoted, the twenty that people reacted to most: the first three are
-- examples, all of them tell how the term is spelt. One a story, no repost, clear words first.
-- Parameters: see span_volume.sql, before/withheld.sql, before/theme_corpus.sql, and the table
-- report_theme(place, language, term, sentiment).
with quotable as (
    select
        r.place, m.item_id, m.published_at, m.network, m.channel, m.kind,
        shown_url(m.url, n.handle, w.is_author_withheld) as url,
        case when w.is_text_withheld then null else m.title end as title,
        case when w.is_text_withheld then null else m.text end as text,
        case
            when w.is_text_withheld then 'terms'
            when m.text is null then 'retention'
        end as withheld,
        coalesce(w.site, t.site) as site,
        m.sentiment, m.rating, m.engagement_count, m.follower_count,
        case when w.is_author_withheld then null else m.outlet end as outlet,
        case when w.is_author_withheld then null
            else coalesce('@' || ltrim(n.handle, '@'), n.author_name)
        end as author,
        case when w.is_author_withheld then null else n.author_url end as author_url,
        -- Examples speak as most of the theme's items do.
        m.sentiment is not distinct from r.sentiment as is_typical
    from report_theme as r
    inner join report_corpus as c
        on c.is_reported and r.language = c.language and list_contains(c.terms, r.term)
    inner join core.mention_current as m
        on m.client_id = getvariable('client_id') and m.brand_id = getvariable('brand_id')
        and c.day = m.day and c.item_id = m.item_id
    left join core.author_identity as n on m.client_id = n.client_id and m.author_key = n.author_key
    left join report_terms as t on m.source_id = t.source_id
    left join report_withheld as w on m.original_id = w.original_id
    where m.kind <> 'repost' and not coalesce(w.is_reserved, false)
    qualify row_number() over (
        partition by r.place, case when length(m.text) >= 20 then m.story_id else m.item_id end
        order by m.published_at, m.item_id
    ) = 1
)

select
    'theme' as list, place,
    row_number() over (
        partition by place
        order by
            withheld is not null, not is_typical, length(text) not between 25 and 900,
            engagement_count desc nulls last, follower_count desc nulls last, published_at desc, item_id
    ) as list_rank,
    * exclude (place, is_typical)
from (
    from quotable
    qualify row_number() over (
        partition by place, case when withheld is not null then item_id else left(lower(text), 40) end
        order by engagement_count desc nulls last, published_at, item_id
    ) = 1
)
qualify list_rank <= 20
order by place, list_rank
