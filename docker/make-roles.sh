#!/bin/bash
# Run by PostgreSQL's image when its data folder is new: the database, its owner, and the role that the program works as, which owns nothing.
set -eu
psql -v ON_ERROR_STOP=1 -v owner="$(cat /keys/owner-password)" -v application="$(cat /keys/application-password)" \
  --username "$POSTGRES_USER" --dbname postgres <<'SQL'
create role postbag_owner login password :'owner';
create role postbag_app login password :'application';
create database postbag owner postbag_owner;
SQL
