-- How far the journal has been followed: whoever deletes their account leaves no id of it behind.
create table contributions.followed (
  one boolean primary key default true check (one),
  seq bigint not null
);
insert into contributions.followed (seq) values (0);
