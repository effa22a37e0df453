#!/bin/sh
# Kills a node, then its PostgreSQL, with signal 9 in the middle of a batch of refunds, each time after the channel has paid and before it has answered. Exit 1 where a refund is paid twice, not paid or not booked.
set -eu
home=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
exec "$home/afterbell" bench refund-faults --refunds "${1:-300}"
