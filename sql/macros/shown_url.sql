-- An item's address, unless it spells out the handle of an author who may not be shown.
--   select shown_url('https://mastodon.example/@ann/1', '@ann@mastodon.example', true);
create or replace macro shown_url(url, handle, is_author_withheld) as
    case
        when
            is_author_withheld and handle <> ''
            and contains(lower(url), lower(split_part(ltrim(handle, '@'), '@', 1)))
            then null
        else url
    end
