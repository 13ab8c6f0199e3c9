#!/usr/bin/env bash
# Records a run of the benches for a release: `benches/record.sh` writes benches/records/VERSION.txt. On a quiet machine.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
record=benches/records/$version.txt
cargo bench --bench pass --no-run
{
    echo "transcrub $version, $(git rev-parse --short HEAD), $(date -u +%F)"
    echo "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc) cores, $(rustc --version)"
    echo
    cargo bench --bench pass 2>/dev/null | sed 's/[[:space:]]*$//'
} >"$record.new"
mv "$record.new" "$record"
echo "$record"
