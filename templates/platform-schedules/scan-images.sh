#!/usr/bin/env bash
# Looks for known vulnerabilities in the images that run in the clusters, by the digests of the release files.
# IMAGES holds lines of a repository and a release file; SEVERITIES and IGNORE_UNFIXED say what counts. All are scanned before one fails.
set -euo pipefail

fail() {
  printf '::error::%s\n' "$1"
  exit 1
}

scanned=' '
found=()
while read -r repository file; do
  [[ -n $repository ]] || continue
  # A service has a release file from the day on which it was promoted there.
  [[ -f $file ]] || continue
  digest=$(sed -n 's/.*"digest": *"\(sha256:[0-9a-f]\{64\}\)".*/\1/p' "$file")
  [[ -n $digest ]] || fail "$file holds no digest"
  image=$repository@$digest
  # What runs in two environments is one image.
  [[ $scanned != *" $image "* ]] || continue
  scanned+="$image "
  printf '::group::%s\n' "$image"
  trivy image --quiet --severity "$SEVERITIES" --ignore-unfixed="$IGNORE_UNFIXED" --exit-code 1 "$image" || found+=("$image")
  printf '::endgroup::\n'
done <<<"$IMAGES"
[[ ${#found[@]} == 0 ]] || fail "vulnerable: ${found[*]}"
