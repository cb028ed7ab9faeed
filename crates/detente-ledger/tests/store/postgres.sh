#!/bin/sh
# A PostgreSQL server for tests: postgres.sh PROGRAMS FOLDER PORT
# Runs until its standard input ends, then goes and takes its folder with it; a line `stop` on the way stops it as a crash does, `start` starts it
# again. PostgreSQL refuses to run as root: there it runs as nobody.
set -eu
programs=$1 folder=$2 port=$3
trap '' INT
mkdir -p "$folder"
as=''
if [ "$(id -u)" = 0 ]; then
    chown nobody "$folder"
    as='setpriv --reuid=nobody --regid=nogroup --clear-groups'
fi
cd "$folder"
start() {
    $as "$programs/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
        -c max_connections=200 >>"$folder/log" 2>&1 &
    server=$!
}
stop() {
    kill -QUIT "$server"
    wait "$server" || true
}
$as "$programs/initdb" -D "$folder/data" -U detente -A trust -E UTF8 --locale=C --data-checksums --no-sync >"$folder/log" 2>&1
start
while read -r word; do
    $word
    echo "$word"
done
stop || true
rm -rf "$folder"
