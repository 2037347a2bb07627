#!/bin/sh
# Makes the keys and passwords of docker-compose.yml, once: a folder for each service under /keys, which it alone gets to see.
# What is there stays as it is, and can be put there before: a file is named after the setting that it gives.
set -eu
umask 077

# secret OWNER FILE: 64 hexadecimal digits
secret() {
  if [ ! -s "/keys/$2" ]; then
    head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >"/keys/$2.part"
    mv "/keys/$2.part" "/keys/$2"
  fi
  own "$1" "$2"
}

# copy OWNER FROM TO
copy() {
  cp "/keys/$2" "/keys/$3"
  own "$1" "$3"
}

own() {
  chown "$1" "/keys/$2"
  chmod 400 "/keys/$2"
}

POSTBAG=10001
ELASTICSEARCH=1000
# Whom the image of PostgreSQL runs as differs from one to another, so its folder can be read by any: it is in that container only.
chmod 755 /keys/postbag /keys/postgres /keys/elasticsearch /keys/mail

secret $POSTBAG postbag/postbag.master-key
secret $POSTBAG postbag/postbag.identity-key
secret $POSTBAG postbag/first-password
secret $POSTBAG postbag/spring.datasource.password
secret $POSTBAG postbag/spring.flyway.password
secret $POSTBAG postbag/postbag.search.elasticsearch.password
secret 0 postgres/superuser-password
copy 0 postbag/spring.flyway.password postgres/owner-password
copy 0 postbag/spring.datasource.password postgres/application-password
chmod 444 /keys/postgres/*
copy $ELASTICSEARCH postbag/postbag.search.elasticsearch.password elasticsearch/password

# The mailbox for trying has a certificate of its own, which Postbag trusts.
if [ ! -s /keys/mail/mail.p12 ]; then
  rm -f /keys/mail/*.part
  keytool -genkeypair -alias mail -keyalg EC -groupname secp256r1 -dname CN=mail -ext san=dns:mail -validity 3650 \
    -storetype PKCS12 -storepass for-trying -keystore /keys/mail/mail.part
  mv /keys/mail/mail.part /keys/mail/mail.p12
fi
keytool -exportcert -rfc -alias mail -storepass for-trying -keystore /keys/mail/mail.p12 >/keys/postbag/mail.pem
chmod 444 /keys/mail/mail.p12
own $POSTBAG postbag/mail.pem
