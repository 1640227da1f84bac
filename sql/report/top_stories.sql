-- The five stories of the reported span that were picked up most, three times or more, each with the first
-- mention of the span that tells it. Parameters: see span_volume.sql, before/withheld.sql.
with picked as (
    select t.story_id, sum(t.pick_up_count)::bigint as pick_up_count
    from report_span as s
    inner join metric.story as t
        on t.client_id = getvariable('client_id') and t.brand_id = getvariable('brand_id')
        and t.day between s.start_day and s.end_day
    where s.name = 'reported'
    group by t.story_id
    having sum(t.pick_up_count) >= 3
    order by pick_up_count desc, t.story_id
    limit 5
),

telling as (
    select
        p.pick_up_count, m.*,
        count(distinct m.outlet) over story as outlet_count,
        count(distinct m.network) over story as network_count,
        count(distinct m.author_key) over story as author_count
    from report_span as s
    inner join core.mention_current as m
        on m.client_id = getvariable('client_id') and m.brand_id = getvariable('brand_id')
        and m.day between s.start_day and s.end_day and not m.is_own_voice
    inner join picked as p on m.story_id = p.story_id
    where s.name = 'reported'
    window story as (partition by m.story_id)
)

select
    'story' as list, m.pick_up_count, nullif(m.outlet_count, 0) as outlet_count, m.network_count,
    nullif(m.author_count, 0) as author_count,
    m.item_id, m.published_at, m.network, m.channel, m.kind,
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
    case when w.is_author_withheld then null else n.author_url end as author_url
from telling as m
left join core.author_identity as n on m.client_id = n.client_id and m.author_key = n.author_key
left join report_terms as t on m.source_id = t.source_id
left join report_withheld as w on m.original_id = w.original_id
where not coalesce(w.is_reserved, false)
qualify row_number() over (
    -- Who may be quoted comes before who came first.
    partition by m.story_id
    order by m.kind = 'repost', coalesce(w.is_text_withheld, false) or m.text is null, m.published_at, m.item_id
) = 1
order by m.pick_up_count desc, m.story_id
