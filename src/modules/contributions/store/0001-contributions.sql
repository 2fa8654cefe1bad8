create schema contributions;

create table contributions.participation (
  id uuid primary key,
  -- stands in the address: /beteiligung/<key>
  key text not null unique check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null,
  text text not null,
  -- rings of [lon, lat] in CRS84, each closed
  area jsonb not null,
  -- [{id, name}], in the order of the form
  categories jsonb not null,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  moderation text not null check (moderation in ('before', 'after')),
  authority text not null,
  -- public display of a planning procedure it belongs to (module participation); a display has one at most
  display_id uuid unique,
  last_number integer not null default 0,
  -- what the end of the retention period took away: null while it is all there
  forgotten_at timestamptz,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index participation_ends on contributions.participation (ends_on desc, id desc);

create table contributions.contribution (
  id uuid primary key,
  participation_id uuid not null references contributions.participation,
  number integer not null,
  category text not null,
  title text not null,
  text text not null,
  -- GeoJSON in CRS84, or none
  geometry jsonb,
  -- where its marker stands
  lon double precision,
  lat double precision,
  district text,
  has_picture boolean not null default false,
  state text not null check (state in ('waiting', 'published', 'hidden', 'merged', 'deleted')),
  -- looked at by somebody of the authority; open things are its queue
  checked boolean not null default false,
  hidden_because text,
  hidden_note text,
  merged_into uuid references contributions.contribution,
  answer text,
  answered_at timestamptz,
  -- SHA-256 of the personal link; null once the retention period is over
  token_sha256 text unique,
  -- set when somebody wrote with their Servicekonto; never shown
  account_id uuid,
  support integer not null default 0,
  comments integer not null default 0,
  submitted_at timestamptz not null,
  published_at timestamptz,
  unique (participation_id, number)
);
create index contribution_newest on contributions.contribution (participation_id, number desc) where state = 'published';
create index contribution_supported on contributions.contribution (participation_id, support desc, number desc) where state = 'published';
create index contribution_queue on contributions.contribution (participation_id, number) where not checked;
create index contribution_account on contributions.contribution (account_id) where account_id is not null;
create index contribution_merged on contributions.contribution (merged_into) where merged_into is not null;

-- Here and not in platform.blob: what the author takes back is gone.
create table contributions.picture (
  contribution_id uuid primary key references contributions.contribution on delete cascade,
  media_type text not null,
  bytes bytea not null
);

create table contributions.support (
  contribution_id uuid not null references contributions.contribution,
  -- keyed hash of an account or of a random cookie, another one for each participation: names nobody
  supporter text not null,
  primary key (contribution_id, supporter)
);

create table contributions.comment (
  id uuid primary key,
  contribution_id uuid not null references contributions.contribution,
  text text not null,
  state text not null check (state in ('waiting', 'published', 'hidden', 'deleted')),
  checked boolean not null default false,
  hidden_because text,
  token_sha256 text unique,
  account_id uuid,
  submitted_at timestamptz not null
);
create index comment_contribution on contributions.comment (contribution_id, id);
create index comment_queue on contributions.comment (contribution_id) where not checked;
create index comment_account on contributions.comment (account_id) where account_id is not null;

create table contributions.report (
  id uuid primary key,
  contribution_id uuid not null references contributions.contribution,
  -- null: the contribution itself
  comment_id uuid references contributions.comment,
  reason text not null,
  text text not null default '',
  reported_at timestamptz not null
);
create index report_contribution on contributions.report (contribution_id);
