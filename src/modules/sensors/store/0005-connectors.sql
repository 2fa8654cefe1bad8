-- Small declared jobs that bring observations from elsewhere: what they do is data (domain/connector.ts), what became of it stands beside.
create table sensors.connector (
  id uuid primary key,
  name text not null,
  declaration jsonb not null,
  paused boolean not null default false,
  created_at timestamptz not null,
  -- when it is due; of MQTT, when the next attempt to connect is
  next_run_at timestamptz not null,
  -- a process is at work on it until then
  claimed_until timestamptz,
  last_run_at timestamptz,
  last_success_at timestamptz,
  last_error text,
  -- failures in a row
  failures integer not null default 0,
  kept bigint not null default 0,
  rejected bigint not null default 0,
  -- reasons of the last rejected rows, newest first
  last_rejects jsonb not null default '[]',
  -- latest phenomenonTime that has been kept
  latest_at timestamptz,
  -- of a SensorThings source: its datastream -> phenomenonTime up to which it has been read
  marks jsonb not null default '{}'
);
create index connector_due on sensors.connector (next_run_at) where not paused;
