create schema guides;

-- Help with one draft. Who helps whom is kept for a short time; the steps are in the journal, without content.
create table guides.assistance (
  id uuid primary key,
  -- a draft of module procedure; after submission the case has the same id
  draft_id uuid not null,
  account_id uuid not null,
  service text not null,
  -- HMAC of the code; gone once it is used
  code_hash text unique,
  answer_until timestamptz not null,
  staff_id text,
  consented_at timestamptz,
  consent_lang text,
  -- the sentence the person agreed to, word for word
  consent_text text,
  runs_until timestamptz,
  ended_at timestamptz,
  ended_because text,
  -- field key -> instant at which a guide last typed there; never what
  typed jsonb not null default '{}',
  opened_at timestamptz not null,
  check ((consented_at is null) = (runs_until is null)),
  check ((consented_at is null) = (consent_text is null)),
  check ((ended_at is null) = (ended_because is null)),
  check (consented_at is null or staff_id is not null)
);
-- one at a time for a draft
create unique index assistance_open on guides.assistance (draft_id) where ended_at is null;
create index assistance_of_draft on guides.assistance (draft_id, opened_at);
create index assistance_of_guide on guides.assistance (staff_id) where ended_at is null;
create index assistance_ended on guides.assistance (ended_at);
