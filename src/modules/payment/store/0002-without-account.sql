-- Whoever applied through another system has no Servicekonto; they owe the fee all the same and pay by transfer.
alter table payment.claim alter column account_id drop not null;
