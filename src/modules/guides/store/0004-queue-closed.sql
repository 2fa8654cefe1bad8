-- A number whose day is over without anybody having ended it.
alter table guides.queue_number drop constraint queue_number_state_check;
alter table guides.queue_number add constraint queue_number_state_check
  check (state in ('waiting', 'called', 'served', 'absent', 'left', 'closed'));
create index queue_number_open on guides.queue_number (day) where state in ('waiting', 'called');
