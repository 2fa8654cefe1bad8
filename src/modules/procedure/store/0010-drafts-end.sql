-- Since when the deletion of a draft that nobody works on is announced; any save takes it back.
alter table procedure.draft add column announced_on date;
create index draft_announced on procedure.draft (id) where announced_on is not null;
-- the bytes of a letter are asked for before a draft's files go: an applicant may hand in what the city wrote
create index letter_sha on procedure.letter (sha256);

-- How many applications were begun and left, by day: what remains of deleted drafts for the rates. Nobody's, and nothing of
-- what was typed.
create table procedure.left_draft (
  service text not null,
  last_page text not null,        -- empty: none
  origin text not null,           -- the campaign's link; empty: none
  begun_on date not null,
  drafts int not null,
  primary key (service, last_page, origin, begun_on)
);
