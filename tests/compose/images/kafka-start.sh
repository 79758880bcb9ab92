#!/bin/sh
# Configure and format from the environment, then become the broker, so that signals reach it.
cd /opt/kafka || exit
setup=$(java -cp 'libs/*' kafka.docker.KafkaDockerWrapper setup \
    --default-configs-dir /etc/kafka/docker --mounted-configs-dir /mnt/shared/config --final-configs-dir config 2>&1) ||
    echo "$setup" | grep 'already formatted' || { echo "$setup"; exit 1; } # a restart finds its data, as it should
# shellcheck disable=SC2086 # several options in one variable, as Kafka's own scripts take them
exec java $KAFKA_HEAP_OPTS -Dlog4j2.configurationFile=config/log4j2.yaml -cp 'libs/*' kafka.Kafka config/server.properties
