-- What people corrected, and which editions there are; what else the journal holds is the agency's own.
select * from origin.ops.journal where kind in ('correction', 'edition', 'withdrawal', 'let_go')
