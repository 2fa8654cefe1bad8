-- How long a case stood in each status: what the officers' statistics measure. No personal data.
create table procedure.stay (
  case_id uuid not null references procedure.case_file,
  began_at timestamptz not null,
  status text not null,
  ended_at timestamptz,
  primary key (case_id, began_at, status)
);
create unique index stay_open on procedure.stay (case_id) where ended_at is null;
create index stay_ended on procedure.stay (ended_at);

-- The first decision of a case, beside the day by which it was due.
create table procedure.outcome (
  case_id uuid primary key references procedure.case_file,
  decided_at timestamptz not null,
  due_on date,        -- null where the package sets no period
  on_time boolean,    -- null where nothing was due
  automated boolean not null
);
create index outcome_decided on procedure.outcome (decided_at);

-- Cases of earlier versions count from now on.
insert into procedure.stay (case_id, began_at, status) select id, changed_at, status from procedure.case_file;
