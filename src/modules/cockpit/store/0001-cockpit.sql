create schema cockpit;

-- Everything the strategy is made of, one row for each version and never changed again: "as it stood on" is a fold of them.
create table cockpit.version (
  -- without gaps, given under the lock of cockpit.head
  seq bigint primary key,
  kind text not null,
  key text not null,
  version integer not null,
  -- null: taken out
  facts jsonb,
  reason text not null,
  at timestamptz not null,
  unique (kind, key, version)
);

-- One row; its lock orders writers, so that two dependencies cannot close a circle between them.
create table cockpit.head (
  only_one boolean primary key default true check (only_one),
  seq bigint not null
);
insert into cockpit.head (seq) values (0);

create table cockpit.comment (
  id uuid primary key,
  -- key of the measure
  measure text not null,
  text text not null,
  -- as its author wishes to be called; null: signed in and without a name
  name text,
  state text not null check (state in ('waiting', 'published', 'hidden', 'deleted')),
  hidden_because text,
  answer text,
  answered_at timestamptz,
  -- SHA-256 of the personal link
  token_sha256 text unique,
  account_id uuid,
  submitted_at timestamptz not null
);
create index comment_measure on cockpit.comment (measure, id) where state = 'published';
create index comment_waiting on cockpit.comment (id) where state = 'waiting';
create index comment_account on cockpit.comment (account_id) where account_id is not null;

-- Reports as they were made after the end of a quarter, unchanged since; their bytes lie in platform.blob.
create table cockpit.report (
  quarter text primary key check (quarter ~ '^20[0-9]{2}-q[1-4]$'),
  sha256 text not null,
  made_at timestamptz not null
);

-- How far the journal has been followed: whoever deletes their account leaves no id of it behind.
create table cockpit.followed (
  one boolean primary key default true check (one),
  seq bigint not null
);
insert into cockpit.followed (seq) values (0);
