#!/bin/sh
# The official entry point's contract: options alone start the server, root gives up its rights first.
set -e
if [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then set -- redis-server "$@"; fi
if [ "$(id -u)" = 0 ] && { [ "$1" = redis-server ] || [ "$1" = valkey-server ]; }; then
  chown -R 999:999 /data
  exec setpriv --reuid=999 --regid=999 --clear-groups "$0" "$@"
fi
exec "$@"
