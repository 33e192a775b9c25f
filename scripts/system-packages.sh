#!/usr/bin/env bash
# See to it that the Debian/Ubuntu packages are there that pip cannot bring.
#   scripts/system-packages.sh run|test|package
# All there: says nothing, needs neither root nor network. Missing: installs them as root or with a
# sudo that asks no password; otherwise prints ONE line to run and ends with 3, having changed nothing.
set -euo pipefail

# What the window (PySide6) and the player (libVLC) load; setpriv and friends.
run=(util-linux libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0
    libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libdbus-1-3 libfontconfig1
    fonts-dejavu-core libvlc5 vlc-plugin-base)
# A second PostgreSQL to test on, and a screen that nobody sees.
test=(postgresql xvfb)
package=(binutils)

case "${1:-run}" in
    run) wanted=("${run[@]}") ;;
    test) wanted=("${run[@]}" "${test[@]}") ;;
    package) wanted=("${run[@]}" "${package[@]}") ;;
    *) echo "usage: $0 run|test|package" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This is not Debian or Ubuntu: see to it yourself that the counterparts of these are there:" >&2
    echo "    ${wanted[*]}" >&2
    exit 0
fi

missing=()
for name in "${wanted[@]}"; do
    status="$(dpkg-query --show --showformat='${db:Status-Abbrev}' "$name" 2>/dev/null || true)"
    [[ "$status" == ii* ]] || missing+=("$name")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

as_root=()
if [[ "$(id -u)" -ne 0 ]]; then
    if ! sudo -n true 2>/dev/null; then
        echo "Some system packages are missing. Run this line, then try again:" >&2
        echo "    sudo apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 3
    fi
    as_root=(sudo -n)
fi

# Debian would start a server of its own with the package; we want its programs only.
if [[ ! -e /usr/bin/pg_createcluster && " ${missing[*]} " == *" postgresql "* ]]; then
    "${as_root[@]}" mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" |
        "${as_root[@]}" tee /etc/postgresql-common/createcluster.d/harmony-desk.conf >/dev/null
fi

apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq --no-install-recommends)
echo "Installing system packages: ${missing[*]}"
# Fetched first and whole, so that a broken network leaves nothing half installed.
fetch() { "${apt[@]}" --yes --download-only install "${missing[@]}" >/dev/null; }
fetch 2>/dev/null || { "${apt[@]}" update && fetch; }
"${apt[@]}" --yes install "${missing[@]}" >/dev/null
