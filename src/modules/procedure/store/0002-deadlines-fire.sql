-- A deadline row says itself when the sweeper must look at its case: before the decision period ends
-- (warning) and after it (escalation, fiction); for the others on the day after their end.
alter table procedure.deadline add column fires_on date;
alter table procedure.deadline drop column warned_at;
update procedure.deadline set fires_on = case kind
  when 'entscheidung' then due_on - 14
  when 'wiedervorlage' then null
  else due_on + 1 end;
drop index procedure.deadline_due;
create index deadline_fires on procedure.deadline (fires_on, case_id, kind) where fires_on is not null;

-- Numbers of public registers (e.g. the Wohnraumschutznummer).
create sequence procedure.register_serial;
