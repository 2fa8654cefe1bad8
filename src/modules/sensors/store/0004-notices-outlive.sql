-- A rule outlives the stream it watches: the next sweep ends it and says so in the journal. With a cascade
-- it would vanish unseen, or keep the stream from being deleted once it had raised a notice.
alter table sensors.rule drop constraint rule_stream_id_fkey;
create index notice_open_stream on sensors.notice (stream_id) where cleared_at is null;
