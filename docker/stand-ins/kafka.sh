#!/bin/bash
# Does of the entry point of the image apache/kafka what docker-compose.yml and the tests ask of it: KAFKA_A_B=c in the environment is the setting a.b=c.
set -eu
settings=/tmp/server.properties
env | sed -n 's/^KAFKA_//p' | grep -v '^HEAP_OPTS=' | while IFS='=' read -r name value; do
  printf '%s=%s\n' "$(echo "$name" | tr 'A-Z_' 'a-z.')" "$value"
done >"$settings"
grep -q '^log.dirs=' "$settings" || echo 'log.dirs=/var/lib/kafka/data' >>"$settings"
export CLASSPATH='/opt/kafka/libs/*'
java ${KAFKA_HEAP_OPTS:--Xmx512m} kafka.tools.StorageTool format --ignore-formatted -t "${CLUSTER_ID:-cG9zdGJhZy1wb3N0YmFnMA}" -c "$settings"
exec java ${KAFKA_HEAP_OPTS:--Xmx512m} kafka.Kafka "$settings"
