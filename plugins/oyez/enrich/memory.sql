-- The scratch file of verdicts seen before: SQLite, beside the warehouse and never in it.
create table if not exists verdict (
    digest blob primary key,
    polarity text, sentiment text, confidence text, model text, version text
);
