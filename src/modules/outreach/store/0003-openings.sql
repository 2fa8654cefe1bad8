-- Follows are kept in whole tens from now on. What was kept one by one becomes tens, too: what is left over of all days of
-- a link goes to its last one, and fewer than ten go altogether.
update outreach.follow f set n = f.n - f.n % 10 + case when f.day = r.day then r.rest else 0 end
from (
  select code, verdict, max(day) as day, (sum(n % 10) / 10 * 10)::int as rest from outreach.follow group by code, verdict
) r
where r.code = f.code and r.verdict = f.verdict;
delete from outreach.follow where n = 0;
alter table outreach.follow add constraint follow_tens check (n >= 10 and n % 10 = 0);

-- How often a landing page was shown, and led on to a service, by day: as of links.
create table outreach.landing_opened (
  slug text not null references outreach.page,
  step text not null check (step in ('shown', 'onward')),
  day date not null,
  verdict text not null check (verdict in ('counted', 'robot', 'ahead', 'repeat', 'burst')),
  n integer not null check (n >= 10 and n % 10 = 0),
  primary key (slug, step, day, verdict)
);
