#!/bin/bash
# Does of the entry point of the image postgres:18 what docker-compose.yml and the tests ask of it.
set -eu
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  chown -R postgres "$PGDATA"
  exec setpriv --reuid=postgres --regid=postgres --init-groups -- "$0" "$@"
fi
user=${POSTGRES_USER:-postgres}
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  password=${POSTGRES_PASSWORD:-$(cat "${POSTGRES_PASSWORD_FILE}")}
  initdb --username="$user" --pwfile=<(printf '%s\n' "$password") --auth=scram-sha-256 --auth-local=trust -E UTF8 -D "$PGDATA"
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  pg_ctl -D "$PGDATA" -o "-c listen_addresses='' -c unix_socket_directories=/tmp" -w start
  export PGHOST=/tmp
  for file in /docker-entrypoint-initdb.d/*.sh; do [ -f "$file" ] && . "$file"; done
  pg_ctl -D "$PGDATA" -m fast -w stop
fi
exec "$@" -D "$PGDATA" -c "listen_addresses=*" -c unix_socket_directories=/tmp
