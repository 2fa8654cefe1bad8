-- Services that an employee counts, at a fixed place each: a practised finger finds the same key tomorrow.
create table usage.counting_list (
  staff_id uuid not null,
  slot int not null check (slot between 0 and 8),
  service text not null,
  primary key (staff_id, slot),
  unique (staff_id, service)
);
