-- a mover belongs to the source that names it: a uid alone can be said by anybody
-- whose a known one was is not known; it is known anew with its next position
truncate feeds.mover;
alter table feeds.mover drop constraint mover_pkey;
alter table feeds.mover add column source_id uuid not null references feeds.source;
alter table feeds.mover add column ended boolean not null default false;
alter table feeds.mover add primary key (lage_id, source_id, uid);
