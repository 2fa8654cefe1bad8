create schema outreach;

create table outreach.campaign (
  id uuid primary key,
  -- only of the one that the city keeps by itself
  key text unique,
  title text not null,
  -- aim, goal, audience, places, channels, material, source, ownPlacement
  about jsonb not null,
  budget_cents bigint not null check (budget_cents >= 0),
  spent_cents bigint not null check (spent_cents >= 0),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  state text not null check (state in ('draft', 'running', 'ended')),
  version integer not null default 1,
  changed_at timestamptz not null
);
create index campaign_newest on outreach.campaign (starts_on desc, id desc);

-- A short link, printed somewhere: it stays for good, so that paper never leads nowhere.
create table outreach.link (
  code text primary key check (code ~ '^[bcdfghjkmnpqrstvwxz23456789]{5,12}$'),
  campaign_id uuid not null references outreach.campaign,
  target text not null,
  channel text not null,
  place text not null,
  material text not null,
  -- of the standing campaign: the service that people pass on
  shares text unique,
  ends_on date,
  ended_at timestamptz,
  created_at timestamptz not null
);
create index link_campaign on outreach.link (campaign_id, created_at);
create index link_target on outreach.link (target);

-- How often a link was followed, by day: what counts, and what was left out by which rule. No row of a single follow.
create table outreach.follow (
  code text not null references outreach.link,
  day date not null,
  verdict text not null check (verdict in ('counted', 'robot', 'ahead', 'repeat', 'burst')),
  n integer not null,
  primary key (code, day, verdict)
);

create table outreach.page (
  slug text primary key check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  campaign_id uuid not null references outreach.campaign,
  -- the page's own link, for those who come without one
  code text not null unique references outreach.link,
  draft jsonb not null,
  version integer not null default 1,
  -- number of the version that everybody sees; null while there is none
  published integer,
  changed_at timestamptz not null
);
create index page_campaign on outreach.page (campaign_id);

create table outreach.page_version (
  slug text not null references outreach.page,
  number integer not null,
  content jsonb not null,
  reason text not null,
  published_by text not null,
  published_at timestamptz not null,
  primary key (slug, number)
);

-- Pictures of landing pages, without metadata.
create table outreach.picture (
  slug text not null references outreach.page,
  sha256 text not null,
  media_type text not null,
  bytes bytea not null,
  primary key (slug, sha256)
);

create table outreach.experiment (
  id uuid primary key,
  slug text not null references outreach.page,
  -- number of the published version whose texts are compared
  version integer not null,
  -- measure, expected rate, minimum effect, alpha, maximum sample, stop rule: never changed after the start
  plan jsonb not null,
  -- texts of blocks by variant, where they differ from the page
  variants jsonb not null,
  started_on date not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  ended_because text check (ended_because in ('shown', 'maximum', 'stopped'))
);
create unique index experiment_running on outreach.experiment (slug) where ended_at is null;

-- How often a variant was shown, by day and by the link that people came with.
create table outreach.assignment (
  experiment_id uuid not null references outreach.experiment,
  variant text not null check (variant in ('a', 'b', 'c', 'd')),
  code text not null,
  day date not null,
  n integer not null,
  primary key (experiment_id, variant, code, day)
);
