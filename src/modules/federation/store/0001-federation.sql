create schema federation;

-- another server with which a Lage is shared; its id names our share in the partner's requests
create table federation.partner (
  id uuid primary key,
  lage_id uuid not null,
  lage_key text not null,
  name text not null,
  state text not null check (state in ('waiting', 'linked', 'ended')),
  -- what we give
  layers text[] not null,
  -- how far our picture has gone into the feed, and where the feed's chain stands
  picture_seq bigint not null,
  out_n bigint not null,
  out_hash text not null,
  -- the other side, from its code
  url text,
  their_share uuid,
  origin text,
  -- Ed25519, DER of SubjectPublicKeyInfo, base64
  public_key text,
  -- where the other side's chain stands with us
  in_n bigint not null,
  in_hash text not null,
  heard_at timestamptz,
  -- how far the other side's feed goes, as it last said
  their_head bigint,
  problem text,
  problem_since timestamptz,
  made_at timestamptz not null,
  unique (lage_id, origin)
);
create index partner_linked on federation.partner (id) where state = 'linked';

-- our feed to one partner: numbered without gaps, each entry chained to the one before
create table federation.entry (
  partner_id uuid not null references federation.partner,
  n bigint not null,
  kind text not null check (kind in ('object', 'ended', 'message')),
  body jsonb not null,
  hash text not null,
  primary key (partner_id, n)
);

-- what came and was not taken, with the reason; the newest only
create table federation.refused (
  id uuid primary key,
  partner_id uuid not null references federation.partner,
  at timestamptz not null,
  reason text not null,
  detail text not null
);
create index refused_newest on federation.refused (partner_id, id desc);
