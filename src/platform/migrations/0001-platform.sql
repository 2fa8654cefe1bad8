create extension if not exists postgis;

-- The journal: append-only, numbered without gaps, each row chained to the one before.
create table platform.journal (
  seq bigint primary key,
  at timestamptz not null,
  stream text not null,
  kind text not null,
  actor text not null,
  payload text not null, -- canonical JSON as hashed; text, so that no engine rewrites it
  previous_hash text not null,
  hash text not null
);
create index journal_stream on platform.journal (stream, seq);
create index journal_kind on platform.journal (kind, seq);

-- The chain's end, so that a row missing at the end is found too. One row; its lock orders writers.
create table platform.journal_head (
  only_one boolean primary key default true check (only_one),
  seq bigint not null,
  hash text not null
);
insert into platform.journal_head (seq, hash) values (0, repeat('0', 64));

create function platform.journal_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is append-only: % refused', tg_op;
end $$;
create trigger journal_append_only before update or delete on platform.journal
  for each row execute function platform.journal_is_append_only();
create trigger journal_no_truncate before truncate on platform.journal
  for each statement execute function platform.journal_is_append_only();

-- Takes one entry: numbers it, chains it, moves the head. Both in SQL, so that the head's lock is
-- held for one round trip and the commit.
create function platform.journal_append(entry_at text, entry_stream text, entry_kind text, entry_actor text, entry_payload text)
returns bigint language plpgsql as $$
declare
  head platform.journal_head;
  next_hash text;
begin
  select * into head from platform.journal_head for update;
  next_hash := encode(sha256(convert_to(
    head.hash || E'\n' || (head.seq + 1) || E'\n' || entry_at || E'\n' || entry_stream || E'\n' ||
    entry_kind || E'\n' || entry_actor || E'\n' || entry_payload, 'UTF8')), 'hex');
  insert into platform.journal (seq, at, stream, kind, actor, payload, previous_hash, hash)
    values (head.seq + 1, entry_at::timestamptz, entry_stream, entry_kind, entry_actor, entry_payload, head.hash, next_hash);
  update platform.journal_head set seq = head.seq + 1, hash = next_hash;
  return head.seq + 1;
end $$;

-- Answers already given to writes that carried an Idempotency-Key.
create table platform.idempotency (
  key text not null,
  caller text not null,
  request_sha256 text not null,
  status int, -- null while the first request is still at work
  body text,
  created_at timestamptz not null,
  primary key (caller, key)
);
create index idempotency_age on platform.idempotency (created_at);

-- Files by content. The same bytes are kept once.
create table platform.blob (
  sha256 text primary key,
  media_type text not null,
  size_bytes bigint not null,
  bytes bytea not null
);
alter table platform.blob alter column bytes set storage external; -- already compressed formats

-- Mails of a demo city: nothing leaves, a page shows them.
create table platform.demo_mail (
  id text primary key,
  sent_at timestamptz not null,
  recipient text not null,
  subject text not null,
  body text not null
);
