-- When the oldest entry was made that figures were read from; null: nothing was read. Histories begin there.
alter table indicators.checkpoint add column first_at timestamptz;

-- The day of the newest observation of a Datastream; null: not asked, or no source of this kind.
alter table indicators.source add column observed_on date;
