-- A request with an Idempotency-Key is reserved first; each transaction it commits marks the
-- reservation in the same commit. So after a crash it is known whether anything happened.
alter table platform.idempotency add column worked boolean not null default false;
alter table platform.idempotency add column runner text not null default ''; -- process at work
alter table platform.idempotency add column lease_until timestamptz;

-- Mails that wait or have left. Job payloads carry only the id: addresses stay out of the queue.
create table platform.mail (
  id text primary key, -- depends on the cause, so that the same mail is kept once
  recipient text not null,
  subject text not null,
  body text not null,
  queued_at timestamptz not null default now(),
  sent_at timestamptz
);
create index mail_sent on platform.mail (sent_at) where sent_at is not null;
create index demo_mail_age on platform.demo_mail (sent_at);
