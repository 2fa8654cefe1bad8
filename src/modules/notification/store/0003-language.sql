-- One language for all that an account is sent: it is the account's own, wherever it is written to. The one statement that
-- carries over what was chosen here; the migrations of identity run before these.
update identity.account a set lang = p.lang from notification.preference p where p.account_id = a.id and a.deleted_at is null;
alter table notification.preference drop column lang;
