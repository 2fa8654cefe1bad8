create schema warnings;

create table warnings.warning (
  id uuid primary key,
  lage_id uuid not null,
  lage_key text not null,
  lage_title text not null,
  exercise boolean not null,
  -- the next message: written, or handed in for release; null once it is out
  draft jsonb,
  draft_type text check (draft_type in ('Alert', 'Update', 'Cancel')),
  draft_state text check (draft_state in ('draft', 'submitted')),
  -- counts every change of the draft: who changes or releases names the one they saw
  version integer not null,
  -- who wrote the last version and who handed it in; neither may release it
  edited_by text not null,
  edited_by_name text not null,
  submitted_by text,
  remark text,
  changed_at timestamptz not null,
  check ((draft is null) = (draft_state is null))
);
create index warning_of on warnings.warning (lage_id, id desc);

-- what went out, as it went out; never changed
create table warnings.message (
  identifier text primary key,
  warning_id uuid not null references warnings.warning,
  msg_type text not null check (msg_type in ('Alert', 'Update', 'Cancel')),
  sent timestamptz not null,
  expires timestamptz not null,
  content jsonb not null,
  xml text not null,
  released_by_name text not null,
  -- a later message of the same warning takes its place
  replaced boolean not null default false
);
create index message_of on warnings.message (warning_id, sent desc);
create index message_public on warnings.message (expires) where not replaced;
