-- In which language a mail is written: its header says so.
alter table platform.mail add column lang text not null default 'de' check (lang in ('de', 'en', 'leicht'));
alter table platform.demo_mail add column lang text not null default 'de' check (lang in ('de', 'en', 'leicht'));
