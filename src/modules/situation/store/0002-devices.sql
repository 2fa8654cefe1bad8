-- devices that the staff of a Lage has admitted: no other may bring anything into it
create table situation.device (
  lage_id uuid not null references situation.lage,
  device_id text not null,
  -- as the staff calls it
  name text not null,
  admitted_at timestamptz not null,
  ended_at timestamptz,
  primary key (lage_id, device_id)
);
