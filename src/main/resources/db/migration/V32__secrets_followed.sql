-- Nodes tell by a number which secrets were given a new value since they last looked (docs/decisions/0022-secrets-everywhere.md).
create sequence secret_number;
alter table secret add column number bigint not null default nextval('secret_number'); -- another one whenever the value is given anew
grant usage on secret_number to ${app_role};
