-- Codes sent by the whole city, by day: what they cost has an end, whoever asks. About nobody.
create table notification.code_day (
  day date primary key,
  sent int not null check (sent > 0)
);

-- A request outlives its account: else a number could be rung as often as somebody makes accounts. Null: the account is gone.
alter table notification.code_request alter column account_id drop not null;
create index code_request_old on notification.code_request (asked_at);

-- The demo shows everybody what it took: numbers are kept by their last two digits.
update notification.demo_sms set recipient = '… ' || right(recipient, 2);
