#!/bin/sh
# The image of PostgreSQL runs this once, when its data folder is new.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -v server_password="$SERVER_PASSWORD" -f /rustok/roles.sql
