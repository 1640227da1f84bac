-- Whether a network forbids to add its counters to those of others (docs/decisions/0046).
--   select stands_alone('youtube'), stands_alone('x');
create or replace macro stands_alone(network) as coalesce(network = 'youtube', false)
