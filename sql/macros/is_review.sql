-- Whether an item is a review: it says so, or it opens a page of a review site.
--   select is_review('review', 'review'), is_review('post', 'review'), is_review('reply', 'review');
create or replace macro is_review(kind, channel) as
    coalesce(kind = 'review', false)
    or (
        coalesce(channel = 'review', false)
        and coalesce(kind not in ('reply', 'comment', 'repost'), true)
    )
