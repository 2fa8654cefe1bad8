create schema proposals;

-- what was proposed in a case, and what a person made of it; a proposal never changes the case
create table proposals.proposal (
  id uuid primary key,
  case_id uuid not null,
  kind text not null check (kind in ('fehlt', 'widersprueche', 'aehnliche', 'synopse', 'nachforderung', 'begruendung', 'erklaerung')),
  items jsonb not null,
  notes text[] not null,
  -- which model under which prompt; null: made without a model
  origin jsonb,
  made_at timestamptz not null,
  made_by text not null,
  -- the decision that an explanation explains
  decision_id uuid,
  -- one outcome for each item, once a person has settled them
  settled jsonb,
  settled_at timestamptz,
  settled_by text,
  check ((settled is null) = (settled_at is null) and (settled is null) = (settled_by is null))
);
create index proposal_of on proposals.proposal (case_id, id desc);
