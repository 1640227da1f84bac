-- What kind of media an item is: paid, owned, earned (somebody's editorial choice or judgement) or shared
-- (people among themselves); null where its channel does not say.
--   select media_type(false, false, 'news', 'article'), media_type(false, true, 'social', 'post');
-- Dietrich (2014), Spin Sucks: the PESO model.
create or replace macro media_type(is_paid, is_owned, channel, kind) as
    case
        when is_paid then 'paid'
        when is_owned then 'owned'
        when is_review(kind, channel) or channel in ('news', 'blog') then 'earned'
        when channel in ('social', 'forum', 'community', 'support') then 'shared'
        when kind = 'article' then 'earned'
    end
