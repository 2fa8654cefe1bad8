-- The decision that a change carries out, by its key; null: none was named.
alter table cockpit.version add column decision text;

-- People comment on a measure or on a decision.
alter table cockpit.comment alter column measure drop not null;
alter table cockpit.comment add column decision text;
alter table cockpit.comment add check (num_nonnulls(measure, decision) = 1);
create index comment_decision on cockpit.comment (decision, id) where state = 'published';
