#!/bin/sh
# Kills a node, then its PostgreSQL, with signal 9 amid fifty parallel roll calls; starts it again and counts. Exit 1 where an acknowledged mark is lost.
set -eu
home=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
exec "$home/afterbell" bench faults --parallel "${1:-50}" --rounds "${2:-1}"
