-- What an appointment takes is what was given, whatever becomes of the hours and slots of its place.
alter table guides.appointment add column ends_at timestamptz;
-- of appointments that were given to one desk twice, the earlier ends where the later begins
update guides.appointment a set ends_at = least(a.starts_at + make_interval(mins => p.slot_minutes),
    (select min(b.starts_at) from guides.appointment b
      where a.cancelled_at is null and b.cancelled_at is null and b.place_id = a.place_id and b.desk = a.desk and b.starts_at > a.starts_at))
  from guides.place p where p.id = a.place_id;
alter table guides.appointment alter column ends_at set not null;
alter table guides.appointment add constraint appointment_takes_time check (ends_at > starts_at);

-- Who called it off: whoever has the code, or the place.
alter table guides.appointment add column cancelled_by text check (cancelled_by in ('person', 'place'));
-- Counts what a calendar must learn of it (RFC 5545, SEQUENCE).
alter table guides.appointment add column revision integer not null default 0;
update guides.appointment set cancelled_by = 'person', revision = 1 where cancelled_at is not null;
alter table guides.appointment add constraint appointment_cancelled check ((cancelled_at is null) = (cancelled_by is null));

-- No desk is given twice, also not in part. Ranges of one value compare with the operators every PostgreSQL has;
-- plain equality in such a constraint would need an extension.
drop index guides.appointment_taken;
create type guides.uuid_range as range (subtype = uuid);
alter table guides.appointment add constraint appointment_taken exclude using gist (
  guides.uuid_range(place_id, place_id, '[]') with &&,
  int4range(desk, desk, '[]') with &&,
  tstzrange(starts_at, ends_at) with &&
) where (cancelled_at is null);
create index appointment_of_place on guides.appointment (place_id, starts_at) where cancelled_at is null;
