#!/bin/sh
# Prints an environment for docker-compose.yml with secrets of its own: sh ops/make-env.sh > .env
# Once: with other secrets nobody could sign in any more, and the databases would refuse the server.
set -eu

random() { openssl rand -hex 32; }
uuid() { openssl rand -hex 16 | sed 's/^\(.\{8\}\)\(.\{4\}\).\(.\{3\}\).\(.\{3\}\)/\1-\2-4\3-8\4-/'; }
# As Meilisearch makes a key from its uid.
key() { printf %s "$1" | openssl dgst -sha256 -hmac "$master" -r | cut -d' ' -f1; }

master=$(random)
server=$(uuid)
browsers=$(uuid)

cat <<EOF
RUSTOK_SECRET=$(random)
METRICS_TOKEN=$(random)
POSTGRES_PASSWORD=$(random)
SERVER_PASSWORD=$(random)
MEILI_MASTER_KEY=$master
MEILISEARCH_API_KEY_UID=$server
MEILISEARCH_API_KEY=$(key "$server")
MEILISEARCH_SEARCH_KEY_UID=$browsers
MEILISEARCH_SEARCH_KEY=$(key "$browsers")
MAIL_FROM=rustok@shop.localhost
# Where the proxy answers, on this machine alone until you put a host name with TLS before it.
PUBLISHED=127.0.0.1:8080
# Set it to a collector's address, such as http://collector:4318, to have traces.
OTEL_EXPORTER_OTLP_ENDPOINT=
EOF
