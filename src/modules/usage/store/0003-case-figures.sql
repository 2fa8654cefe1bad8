-- What is told of cases, reckoned once when a month is over: who reads it every day learns nothing new.
create table usage.case_month (
  month date primary key check (extract(day from month) = 1),
  reckoned_at timestamptz not null
);
create table usage.case_figure (
  month date not null references usage.case_month on delete cascade,
  service text not null,
  measure text not null check (measure in ('submitted', 'decided', 'given-up', 'left-at')),
  page text not null,
  count int not null check (count >= 10 and count % 10 = 0),
  primary key (month, service, measure, page)
);
