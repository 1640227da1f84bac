-- What is left out of a handed out warehouse: share_wordless, items whose words are withheld; share_nameless,
-- authors whose name is. A report's rules (sql/report/before/withheld.sql), applied item by item; without
-- names, all authors are among the latter. What is not for everybody is not handed out either.
-- Parameters: tables report_withheld and report_nameless; variables client_id and with_names.
create or replace temp table share_wordless as
select i.item_id
from core.item as i
inner join report_withheld as w on i.original_id = w.original_id
where i.client_id = getvariable('client_id') and w.is_text_withheld;

create or replace temp table share_nameless as
select i.author_key
from core.item as i
where i.client_id = getvariable('client_id') and i.author_key is not null and not getvariable('with_names')
union
select i.author_key
from core.item as i
inner join report_withheld as w on i.original_id = w.original_id
where i.client_id = getvariable('client_id') and i.author_key is not null and w.is_author_withheld
union
select author_key from report_nameless where author_key is not null;
