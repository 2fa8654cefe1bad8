-- Applications that came by another way than the Servicekonto, each once; what they say is in the case.
create table procedure.received (
  -- the way, e.g. `xbau`, and what an application is called there
  source text not null,
  reference text not null,
  case_id uuid not null,
  received_at timestamptz not null,
  -- how to answer, in the words of whoever took it in
  reply_to jsonb,
  primary key (source, reference)
);
create index received_case on procedure.received (case_id);
