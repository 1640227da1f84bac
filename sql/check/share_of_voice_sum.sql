-- severity: fail
-- message: shares of voice leave 0-100, or do not add up to 100
-- Each share is rounded to a hundredth, so the sum may miss by half a hundredth for each brand.
select
    client_id, day, sum(share_pct) as share_sum_pct, min(share_pct) as lowest_pct,
    count(share_pct) as share_count
from metric.share_of_voice
semi join scope_day using (client_id, day)
where day between getvariable('from_day') and getvariable('to_day')
group by client_id, day
having
    min(share_pct) < 0 or max(share_pct) > 100
    or abs(sum(share_pct) - 100) > 0.005 * count(*)
    or count(share_pct) not in (0, count(*))
order by client_id, day;
