-- Who gave a mandate: of an organisation another than the holder. Null: nobody gave it (who founds an organisation), or it
-- is older than this column. No foreign key: its lock would make who accepts an offer and who ends it wait for each other.
alter table identity.mandate add column granted_by uuid;
create index mandate_granted_by on identity.mandate (granted_by) where granted_by is not null;
update identity.mandate set granted_by = holder_id where kind = 'vollmacht'
  and not exists (select 1 from identity.account a where a.id = holder_id and a.organisation is not null);
