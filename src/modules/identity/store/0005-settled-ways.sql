-- Since when the way existed by which a session began: a way that is new proves less than one its owner has had for long.
alter table identity.session add column way_since timestamptz;
-- When the password was asked for again inside the session.
alter table identity.session add column confirmed_at timestamptz;
-- Codes replaced after a sign-in that may not take them away go on working until then.
alter table identity.recovery_code add column ends_at timestamptz;
