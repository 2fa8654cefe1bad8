-- What a survey's share speaks of: who could go online and does not, or who knows or uses what the city offers.
alter table usage.survey add column about text not null default 'gap' check (about in ('gap', 'reach'));
alter table usage.survey alter column about drop default;
