#!/bin/sh
# Makes the two keys of docs/search.md from the master key. A key follows from its uid and the master key,
# so the server can know it beforehand (ops/make-env.sh), and making it again changes nothing.
set -eu

make_key() {
  code=$(curl -sS -o /dev/null -w '%{http_code}' "$MEILISEARCH_HOST/keys" \
    -H "Authorization: Bearer $MEILI_MASTER_KEY" -H 'Content-Type: application/json' \
    -d "{\"uid\": \"$1\", \"name\": \"$2\", \"actions\": $3, \"indexes\": [\"rustok_*\"], \"expiresAt\": null}")
  # 409: it is there already.
  case "$code" in
    201 | 409) echo "$2: there" ;;
    *) echo "$2: Meilisearch answers $code" >&2 && exit 1 ;;
  esac
}

make_key "$MEILISEARCH_API_KEY_UID" "RusTok" \
  '["search", "documents.*", "indexes.*", "settings.*", "tasks.get", "stats.get"]'
make_key "$MEILISEARCH_SEARCH_KEY_UID" "RusTok, for browsers" '["search"]'
