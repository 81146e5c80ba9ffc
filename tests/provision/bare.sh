#!/usr/bin/env bash
# The proof of "on a machine with nothing installed": a minimal Debian in a folder, with python3 and nothing else, in which
# the checkout is started. Needs root and debootstrap. Mounts and processes live in namespaces and end with the command.
#
#   tests/provision/bare.sh FOLDER [SUITE] [-- COMMAND…]      e.g. tests/provision/bare.sh /tmp/bare bookworm -- doctor
#
# FOLDER is made when it is not there (delete it afterwards by hand); SUITE is bookworm or trixie; COMMAND is given to
# ./pruefstand inside (default: doctor). The settings by which this machine reaches its mirrors come along: apt's
# options, certificate authorities added by hand, pip's and npm's configuration, proxies. MIRROR names another mirror
# for debootstrap.
set -euo pipefail

folder=${1:?"a folder is needed: tests/provision/bare.sh FOLDER [SUITE] [-- COMMAND…]"}
shift
suite=bookworm
if [[ $# -gt 0 && $1 != -- ]]; then
    suite=$1
    shift
fi
[[ ${1:-} == -- ]] && shift
[[ $# -gt 0 ]] || set -- doctor
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

if [[ ! -x $folder/usr/bin/python3 ]]; then
    debootstrap --variant=minbase --include=python3 "$suite" "$folder" ${MIRROR:+"$MIRROR"}
fi

cp -a /etc/apt/apt.conf.d /etc/apt/auth.conf.d /etc/apt/preferences.d "$folder/etc/apt/"
rm -f "$folder"/etc/apt/apt.conf.d/docker-* # the habits of a container image, not of a machine
mkdir -p "$folder/usr/local/share/ca-certificates"
find /usr/local/share/ca-certificates -name '*.crt' -exec cp -t "$folder/usr/local/share/ca-certificates" {} +
for settings in /etc/pip.conf "$HOME/.config/pip/pip.conf" "$HOME/.pip/pip.conf" "$HOME/.npmrc" /etc/npmrc; do
    if [[ -f $settings ]]; then
        inside=$folder/${settings/#$HOME/\/root}
        mkdir -p "$(dirname "$inside")"
        cp "$settings" "$inside"
    fi
done
cp -L /etc/resolv.conf /etc/hosts "$folder/etc/"

# The checkout as git would hand it out: neither environments nor runs nor what was built.
mkdir -p "$folder/opt/pruefstand"
tar --create --directory "$checkout" --exclude=./.git --exclude=./.pruefstand --exclude=./.tox --exclude=./runs \
    --exclude=node_modules --exclude=./townhall/web/dist --exclude=__pycache__ --exclude='.*_cache' . |
    tar --extract --directory "$folder/opt/pruefstand"

passed=()
for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY PIP_INDEX_URL PIP_CERT NODE_EXTRA_CA_CERTS; do
    [[ -n ${!name:-} ]] && passed+=("$name=${!name}")
done

# shellcheck disable=SC2016 # the variables of the inner shell are meant
exec unshare --mount --pid --fork --kill-child bash -c '
    set -e
    folder=$1
    shift
    mount --make-rprivate /
    mount -t proc proc "$folder/proc"
    mount -t sysfs -o ro sysfs "$folder/sys"
    mount --rbind /dev "$folder/dev"
    mount -t tmpfs -o size=2g tmpfs "$folder/dev/shm"
    chroot "$folder" "$@" # not exec: this shell is process 1 in there, and buries orphans as an init does
' bare "$folder" /usr/bin/env -i HOME=/root PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 \
    TERM="${TERM:-dumb}" ${passed[@]+"${passed[@]}"} /opt/pruefstand/pruefstand "$@"
