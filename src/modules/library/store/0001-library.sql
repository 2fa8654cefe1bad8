create schema library;

-- who may read: its owner and its named people always; beyond them nobody, an authority, or the whole city's staff
create table library.collection (
  id uuid primary key,
  title text not null,
  description text not null,
  -- the private one that everybody has for their own documents
  own boolean not null,
  owner_id text not null,
  readers text not null check (readers in ('named', 'authority', 'staff')),
  authority text check ((readers = 'authority') = (authority is not null)),
  -- grows with every document that becomes readable or goes: indexes in memory follow it
  version bigint not null default 0,
  created_at timestamptz not null,
  check (not own or readers = 'named')
);
create unique index collection_own on library.collection (owner_id) where own;
create index collection_owner on library.collection (owner_id);

create table library.member (
  collection_id uuid not null references library.collection on delete cascade,
  staff_id text not null,
  role text not null check (role in ('reader', 'editor')),
  primary key (collection_id, staff_id)
);
create index member_staff on library.member (staff_id);

create table library.document (
  id uuid primary key,
  collection_id uuid not null references library.collection on delete cascade,
  title text not null,
  file_name text not null,
  format text,
  sha256 text not null,
  size_bytes integer not null,
  -- holds data of persons: every read is in the journal
  personal boolean not null,
  state text not null check (state in ('waiting', 'reading', 'ready', 'failed', 'stopped')),
  pages integer not null default 0,
  pages_done integer not null default 0,
  -- why it could not be read, in words for people
  problem text,
  warnings jsonb not null default '[]',
  added_by text not null,
  added_at timestamptz not null,
  unique (collection_id, sha256)
);
create index document_listed on library.document (collection_id, added_at desc, id desc);
create index document_added on library.document (added_by);

create table library.file (
  document_id uuid primary key references library.document on delete cascade,
  bytes bytea not null
);

create table library.page (
  document_id uuid not null references library.document on delete cascade,
  number integer not null,
  text text not null,
  headings jsonb not null,
  tables jsonb not null,
  ocr boolean not null,
  primary key (document_id, number)
);

-- offsets are UTF-16 units of the page's text, as JavaScript counts
create table library.passage (
  document_id uuid not null references library.document on delete cascade,
  place integer not null,
  page integer not null,
  start_at integer not null,
  end_at integer not null,
  heading text,
  primary key (document_id, place)
);
