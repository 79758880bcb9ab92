# What docker-compose.yml expects of prom/prometheus, from Debian's package.
ARG BASE_IMAGE
FROM ${BASE_IMAGE}
RUN mkdir /prometheus && chown 65534:65534 /prometheus
USER 65534:65534
ENTRYPOINT ["/usr/bin/prometheus"]
