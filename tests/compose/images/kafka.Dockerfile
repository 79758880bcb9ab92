# What docker-compose.yml expects of apache/kafka, from Maven's jars: Kafka's own KafkaDockerWrapper makes the
# configuration out of the environment, and user, folders and the health check's command are where that image has them.
ARG BASE_IMAGE
FROM ${BASE_IMAGE}
COPY kafka/target/libs /opt/kafka/libs
COPY compose/images/log4j2.yaml /etc/kafka/docker/log4j2.yaml
COPY compose/images/log4j2.yaml /etc/kafka/docker/tools-log4j2.yaml
COPY compose/images/kafka-start.sh compose/images/kafka-broker-api-versions.sh /opt/kafka/bin/
RUN mkdir -p /opt/kafka/config /opt/kafka/logs /mnt/shared/config /var/lib/kafka/data \
 && chown 1000:1000 /var/lib/kafka/data \
 && chmod 1777 /opt/kafka/config /opt/kafka/logs
# podman gives a tmpfs the mode of the folder below it, whatever Compose asks for
USER 1000:1000
ENTRYPOINT ["/opt/kafka/bin/kafka-start.sh"]
