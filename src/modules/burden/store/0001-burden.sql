create schema burden;

-- Changes of the burden that somebody declared beside the versions of a package. A wrong one is taken back, never deleted.
create table burden.measure (
  id uuid primary key,
  service text not null,
  kind text not null check (kind in ('once-only', 'prefilled', 'visit-ended')),
  -- document or field of the package; null: the whole case
  target text,
  effective_on date not null,
  reason text not null,
  declared_by text not null,
  declared_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_reason text
);
create unique index measure_once on burden.measure (service, kind, coalesce(target, '')) where withdrawn_at is null;
