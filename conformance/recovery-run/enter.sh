#!/bin/sh
# enter.sh ROOT PLAN: makes a root file system at ROOT as the shell script PLAN says (mounts), read-only, in a mount namespace of its
# own, and becomes the command that PLAN ends with. Called inside `unshare --mount`.
set -eu
root=$1
mount --make-rprivate /
mount -t tmpfs -o mode=0755 tmpfs "$root"
for link in bin sbin lib lib64; do cp -P "/$link" "$root/$link"; done
mkdir -p "$root/usr" "$root/etc" "$root/proc" "$root/dev" "$root/run" "$root/var/lib" "$root/var/run"
mount --rbind /usr "$root/usr"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
cp -a /etc/alternatives /etc/ld.so.cache /etc/nsswitch.conf /etc/localtime "$root/etc/"
printf 'root:x:0:0::/:/bin/sh\npostgres:x:999:999::/tmp:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\npostgres:x:999:\n' >"$root/etc/group"
export root
. "$2"
