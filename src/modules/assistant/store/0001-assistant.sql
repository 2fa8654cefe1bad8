create schema assistant;

create table assistant.conversation (
  id uuid primary key,
  -- staff id; every query names it
  owner uuid not null,
  title text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index conversation_owner on assistant.conversation (owner, changed_at desc, id desc);
create index conversation_age on assistant.conversation (changed_at);

create table assistant.result (
  id uuid primary key,
  owner uuid not null,
  entrance text not null check (entrance in ('summary', 'writing', 'research', 'turn')),
  conversation_id uuid references assistant.conversation on delete cascade,
  state text not null check (state in ('running', 'done', 'stopped', 'broken', 'length', 'refused')),
  title text not null,
  -- what was asked, as it was typed: so that nothing is lost and it can be asked again
  wish jsonb not null,
  text text not null default '',
  body jsonb not null default '{}',
  made text not null check (made in ('model', 'extract', 'template')),
  -- which model, under which prompt; null without one
  origin jsonb,
  sources jsonb not null default '[]',
  data_class text not null check (data_class in ('public', 'internal', 'personal')),
  edited boolean not null default false,
  confirmed_by text,
  confirmed_at timestamptz,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index result_owner on assistant.result (owner, id desc);
create index result_conversation on assistant.result (conversation_id, id) where conversation_id is not null;
create index result_age on assistant.result (changed_at);

create table assistant.prompt (
  id uuid primary key,
  owner uuid not null,
  owner_name text not null,
  entrance text not null check (entrance in ('summary', 'writing', 'research', 'turn')),
  visibility text not null check (visibility in ('me', 'authority', 'city')),
  -- whose colleagues see it, with visibility `authority`
  authority text,
  version integer not null,
  title text not null,
  text text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index prompt_owner on assistant.prompt (owner);

create table assistant.prompt_version (
  prompt_id uuid not null references assistant.prompt on delete cascade,
  version integer not null,
  title text not null,
  text text not null,
  changed_at timestamptz not null,
  primary key (prompt_id, version)
);

create table assistant.rating (
  prompt_id uuid not null references assistant.prompt on delete cascade,
  staff_id uuid not null,
  stars smallint not null check (stars between 1 and 5),
  primary key (prompt_id, staff_id)
);

create table assistant.block (
  key text primary key,
  owner uuid not null,
  owner_name text not null,
  kind text not null check (kind in ('opening', 'request', 'reason', 'information', 'closing')),
  service text,
  tone text not null check (tone in ('formal', 'plain', 'leicht')),
  version integer not null,
  title text not null,
  text text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);

create table assistant.block_version (
  key text not null references assistant.block on delete cascade,
  version integer not null,
  title text not null,
  text text not null,
  changed_at timestamptz not null,
  primary key (key, version)
);
