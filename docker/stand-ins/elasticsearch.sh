#!/bin/bash
# Does of the entry point of Elasticsearch's image what docker-compose.yml and the tests ask of it: a.b=c in the environment is the setting a.b.
set -eu
cd /usr/share/elasticsearch
env | grep -E '^[a-z_]+\.[a-z_.]+=' | sed 's/=/: /' >config/elasticsearch.yml
printf 'network.host: 0.0.0.0\npath.data: /usr/share/elasticsearch/data\n' >>config/elasticsearch.yml
export JAVA=$JAVA_HOME/bin/java ES_JAVA_HOME=$JAVA_HOME ES_HOME=$PWD ES_PATH_CONF=$PWD/config ES_DISTRIBUTION_TYPE=zip ES_TMPDIR=/tmp

# tool NAME LIBRARIES CLASS ARGUMENT...
tool() {
  local name=$1 libraries=$2 class=$3
  shift 3
  "$JAVA" -Xmx64m -Dcli.name= -Dcli.script="./bin/$name" -Dcli.libs="$libraries" -Des.path.home="$ES_HOME" -Des.path.conf="$ES_PATH_CONF" \
    -Des.distribution.type=zip -Des.java.type=bundled -cp 'lib/tools/server-launcher/*:lib/*:lib/cli-launcher/*' "$class" "$@"
}

if [ -n "${ELASTIC_PASSWORD_FILE:-}" ] && [ ! -f config/elasticsearch.keystore ]; then
  tool elasticsearch-keystore lib/tools/keystore-cli org.elasticsearch.launcher.CliToolLauncher create
  cat "$ELASTIC_PASSWORD_FILE" | tool elasticsearch-keystore lib/tools/keystore-cli org.elasticsearch.launcher.CliToolLauncher add -x bootstrap.password
fi
exec "$JAVA" -Xmx64m -Dcli.name=server -Dcli.script=./bin/elasticsearch -Dcli.libs=lib/tools/server-cli -Des.path.home="$ES_HOME" \
  -Des.path.conf="$ES_PATH_CONF" -Des.distribution.type=zip -Des.java.type=bundled \
  -cp 'lib/tools/server-launcher/*:lib/*:lib/cli-launcher/*' org.elasticsearch.server.launcher.ServerLauncher
