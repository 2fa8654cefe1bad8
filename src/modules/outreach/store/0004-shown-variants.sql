-- How often a wording was shown: one number until yesterday and one of the day, no longer by link and by each day. Only whole
-- days are read, and drafts know by which link they came.
create table outreach.shown_variant (
  experiment_id uuid not null references outreach.experiment,
  variant text not null check (variant in ('a', 'b', 'c', 'd')),
  day date not null,
  before_day integer not null,
  on_day integer not null,
  primary key (experiment_id, variant)
);
insert into outreach.shown_variant (experiment_id, variant, day, before_day, on_day)
select a.experiment_id, a.variant, max(l.day), sum(case when a.day < l.day then a.n else 0 end), sum(case when a.day = l.day then a.n else 0 end)
from outreach.assignment a
join (select experiment_id, variant, max(day) as day from outreach.assignment group by experiment_id, variant) l
  on l.experiment_id = a.experiment_id and l.variant = a.variant
group by a.experiment_id, a.variant;
drop table outreach.assignment;
