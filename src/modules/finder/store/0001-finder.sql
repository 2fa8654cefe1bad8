create schema finder;

-- questions that somebody handed over to a person; what is asked of the finder itself is not kept
create table finder.question (
  id uuid primary key,
  text text not null,
  lang text not null check (lang in ('de', 'en', 'leicht')),
  channel text not null check (channel in ('mail', 'phone')),
  contact text not null,
  state text not null default 'open' check (state in ('open', 'taken', 'closed')),
  receipt_sha256 text not null unique,
  asked_at timestamptz not null,
  taken_by text,
  taken_at timestamptz,
  answer text,
  outcome text check (outcome in ('mail', 'call', 'none')),
  closed_at timestamptz,
  check ((state = 'open') = (taken_by is null)),
  check ((state = 'closed') = (closed_at is not null and outcome is not null))
);
create index question_state on finder.question (state, id);
create index question_closed on finder.question (closed_at) where closed_at is not null;
