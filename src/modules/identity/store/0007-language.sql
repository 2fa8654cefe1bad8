-- In which language the account is written to; null: not known yet, then German.
alter table identity.account add column lang text check (lang in ('de', 'en', 'leicht'));
