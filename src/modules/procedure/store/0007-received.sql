-- Applications that came from another system, each once: the same reference of the same source is one case.
create table procedure.received (
  source text not null,
  reference text not null,
  case_id uuid not null references procedure.case_file deferrable initially deferred,
  received_at timestamptz not null,
  -- what the source needs to answer; nobody else reads it
  reply_to jsonb,
  primary key (source, reference)
);
create unique index received_case on procedure.received (case_id);

-- A file without an account is the authority's own, or came from an applicant who has none.
alter table procedure.upload add column by_applicant boolean not null default false;

-- "No account" is no longer the same as "begun by the authority".
update procedure.case_file set state = state || '{"origin": "amt"}' where account_id is null;
