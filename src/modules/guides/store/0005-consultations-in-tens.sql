-- Whole tens of a month, by one thing at a time: who came for what, how long or in which language is never kept together.
create table guides.consultation_month (
  month date not null,
  thing text not null check (thing in ('all', 'place', 'reason', 'length', 'lang')),
  key text not null,
  count integer not null check (count >= 0 and count % 10 = 0),
  primary key (month, thing, key)
);
-- What waits for its ten has neither a day nor a person.
create table guides.consultation_waiting (
  thing text not null check (thing in ('all', 'place', 'reason', 'length', 'lang')),
  key text not null,
  waiting integer not null,
  primary key (thing, key)
);
insert into guides.consultation_month (month, thing, key, count)
select month, thing, key, sum(count)::int / 10 * 10 from (
  select date_trunc('month', day)::date as month, count, unnest(array['all', 'place', 'reason', 'length', 'lang']) as thing,
    unnest(array['', place_key, reason, length, lang]) as key
  from guides.consultation
) as told group by month, thing, key having sum(count) >= 10;
drop table guides.consultation;
