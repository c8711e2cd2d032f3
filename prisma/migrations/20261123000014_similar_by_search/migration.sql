-- Similar titles are found through issue_search, which knows Cyrillic letters whatever the database's locale is.
DROP INDEX issues_title_trgm_idx;
