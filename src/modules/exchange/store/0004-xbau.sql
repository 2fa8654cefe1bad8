create schema if not exists exchange;

-- Messages in XBau that belong to a case: which one came or went, never what it says.
create table exchange.xbau_message (
  message_id uuid primary key,
  case_id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  type text not null,
  -- the portal's number of the application
  reference uuid,
  -- when its author wrote it, as the message says it
  created_at text not null,
  -- the authority or portal that wrote it, as the message names it
  author jsonb,
  kept_at timestamptz not null
);
create index xbau_message_case on exchange.xbau_message (case_id, kept_at);
create index xbau_message_reference on exchange.xbau_message (reference) where reference is not null;
