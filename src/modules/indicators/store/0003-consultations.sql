-- A new counter: consultations of the guides. The journal is read again from its first entry, behind the running city.
delete from indicators.cell;
delete from indicators.stream_state;
update indicators.checkpoint set seq = 0, followed_at = null, first_at = null, revision = revision + 1;
