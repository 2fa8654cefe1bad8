-- How far the journal's chain has been proved, and when; the administration reads it. The proof itself
-- is always made anew: this row is believed by a page, never by `kontor journal verify`.
create table platform.journal_check (
  only_one boolean primary key default true check (only_one),
  checked_at timestamptz not null,
  seq bigint not null,
  hash text not null,
  broken text -- the first broken link in words
);
