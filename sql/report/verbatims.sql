-- Candidates for quotation among the reported span's items by others: each with its rank in the lists
-- positive, negative, engaged, review_negative and review_positive. One quotation a story, and no
-- repost. Lists follow interactions, then audience, then polarity; ties end with the item's id. A weak
-- verdict, and praise that asks a question, is quoted only where clearer words are missing.
-- Parameters: see span_volume.sql.
with quotable as (
    select
        m.item_id, m.published_at, m.network, m.channel, m.kind, m.url, m.title, m.text,
        m.sentiment, m.polarity, m.rating, m.engagement_count, m.follower_count, m.outlet,
        coalesce('@' || ltrim(n.handle, '@'), n.author_name) as author
    from report_span as s
    inner join core.mention_current as m
        on m.client_id = getvariable('client_id') and m.brand_id = getvariable('brand_id')
        and m.day between s.start_day and s.end_day
    left join core.author_identity as n on m.client_id = n.client_id and m.author_key = n.author_key
    where s.name = 'reported' and not m.is_own_voice and m.kind <> 'repost'
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
    where sentiment in ('positive', 'negative') and kind <> 'review' and length(text) between 25 and 900
    union all
    select *, 'engaged' from quotable where engagement_count > 0
    union all
    select *, 'review_negative' from quotable where kind = 'review' and rating < 3
    union all
    select *, 'review_positive' from quotable where kind = 'review' and rating >= 4 and length(text) >= 25
)

select
    list,
    row_number() over (
        partition by list
        order by
            case when list = 'review_negative' then rating end,
            list in ('positive', 'negative') and coalesce(abs(polarity) < 0.5, false),
            list = 'positive' and contains(text, '?'),
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
        partition by list, case when list = 'review_negative' then item_id else left(lower(text), 40) end
        order by engagement_count desc nulls last, published_at, item_id
    ) = 1
)
qualify list_rank <= case when list = 'review_negative' then 12 else 8 end
order by list, list_rank
