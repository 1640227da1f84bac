-- severity: fail
-- message: a member has two first posts, or a post older than the first
select client_id, brand_id, author_key, count(*) as row_count, min(day) as day
from metric.member_first_post
semi join (
    select client_id, brand_id, author_key
    from core.mention_current
    semi join scope_day using (client_id, day)
    where day between getvariable('from_day') and getvariable('to_day') and channel = 'community' and not is_own_voice
) using (client_id, brand_id, author_key)
group by client_id, brand_id, author_key
having count(*) > 1
union all
select p.client_id, p.brand_id, p.author_key, count(*), min(p.day)
from core.mention_current as p
semi join scope_day as s on p.client_id = s.client_id and p.day = s.day
left join metric.member_first_post as f
    on p.client_id = f.client_id and p.brand_id = f.brand_id and p.author_key = f.author_key
where
    p.day between getvariable('from_day') and getvariable('to_day')
    and p.channel = 'community' and not p.is_own_voice and p.author_key is not null
    and (f.day <= p.day) is distinct from true
group by p.client_id, p.brand_id, p.author_key
order by client_id, brand_id, author_key;
