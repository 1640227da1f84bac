-- The tables of core that say more of an item or a mention than the other files here: whatever enriches
-- them next is shown without a change of this.
select table_name, bool_or(column_name = 'mention_id') as is_of_mention
from duckdb_columns()
where
    schema_name = 'core' and column_name in ('item_id', 'mention_id')
    and table_name in (select table_name from duckdb_tables() where schema_name = 'core')
    and table_name not in ('item', 'mention', 'verdict', 'correction', 'counter')
group by table_name
order by table_name
