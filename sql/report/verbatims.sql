-- Candidates for quotation among the reported span's items by others: each with its rank in the lists
-- positive, negative, engaged, review_negative and review_positive. One quotation a story, and no
-- repost. Lists follow interactions, then audience, then polarity; ties end with the item's id. A weak
-- verdict, and praise that asks a question, is quoted only where clearer words are missing; an item whose
-- words are withheld, where there are no words at all to quote.
-- Parameters: see span_volume.sql, and before/withheld.sql.
with quotable as (
    select
        m.item_id, m.published_at, m.network, m.channel, m.kind,
        shown_url(m.url, n.handle, w.is_author_withheld) as url,
        case when w.is_text_withheld then null else m.title end as title,
        case when w.is_text_withheld then null else m.text end as text,
        case
            when w.is_text_withheld then 'terms'
            when m.text is null then 'retention'
        end as withheld,
        coalesce(w.site, t.site) as site,
        m.sentiment, m.polarity, m.rating, m.engagement_count, m.follower_count,
        case when w.is_author_withheld then null else m.outlet end as outlet,
        case when w.is_author_withheld then null
            else coalesce('@' || ltrim(n.handle, '@'), n.author_name)
        end as author,
        case when w.is_author_withheld then null else n.author_url end as author_url
    from report_span as s
    inner join core.mention_current as m
        on m.client_id = getvariable('client_id') and m.brand_id = getvariable('brand_id')
        and m.day between s.start_day and s.end_day
    left join core.author_identity as n on m.client_id = n.client_id and m.author_key = n.author_key
    left join report_terms as t on m.source_id = t.source_id
    left join report_withheld as w on m.original_id = w.original_id
    where
        s.name = 'reported' and not m.is_own_voice and m.kind <> 'repost'
        and not coalesce(w.is_reserved, false)
    qualify row_number() over (
        partition by case when length(m.text) >= 20 then m.story_id else m.item_id end
        order by m.published_at, m.item_id
    ) = 1
),

listed as (
    select
        *,
        case sentiment when 'positive' then 'positive' when 'negative' then 'negative' end as list
    from quotable
    where sentiment in ('positive', 'negative') and kind <> 'review'
        and (withheld is not null or length(text) between 25 and 900)
    union all
    select *, 'engaged' from quotable where engagement_count > 0
    union all
    select *, 'review_negative' from quotable where kind = 'review' and rating < 3
    union all
    select *, 'review_positive' from quotable where kind = 'review' and rating >= 4
        and (withheld is not null or length(text) >= 25)
)

select
    list,
    row_number() over (
        partition by list
        order by
            case when list = 'review_negative' then rating end,
            list in ('positive', 'negative', 'review_positive') and withheld is not null,
            list in ('positive', 'negative') and coalesce(abs(polarity) < 0.5, false),
            list = 'positive' and coalesce(contains(text, '?'), false),
            engagement_count desc nulls last,
            follower_count desc nulls last,
            abs(polarity) desc nulls last,
            published_at desc,
            item_id
    ) as list_rank,
    * exclude (list, polarity)
from (
    -- Copies that differ in a hashtag or an emoji say nothing new; of bad reviews none is left out.
    from listed
    qualify row_number() over (
        partition by list, case
            when list = 'review_negative' or withheld is not null then item_id
            else left(lower(text), 40)
        end
        order by engagement_count desc nulls last, published_at, item_id
    ) = 1
)
qualify list_rank <= case when list = 'review_negative' then 12 else 8 end
order by list, list_rank
