#!/usr/bin/env bash
# Copies the image that was built and scanned to the registry, bytes unchanged, and proves it by the digest.
# Values come from the environment: LAYOUT (folder of an OCI layout), IMAGE, TAG, DIGEST (as the build reported it).
set -euo pipefail

if [[ ! $DIGEST =~ ^sha256:[0-9a-f]{64}$ ]]; then
  printf '::error::%s is no digest\n' "$DIGEST"
  exit 1
fi

reported=$RUNNER_TEMP/published-digest
# Preserving digests makes the copy fail rather than repack a layer.
skopeo copy --preserve-digests --retry-times 3 --digestfile "$reported" "oci:$LAYOUT" "docker://$IMAGE:$TAG"

published=$(<"$reported")
if [[ $published != "$DIGEST" ]]; then
  printf '::error::built %s, but published %s\n' "$DIGEST" "$published"
  exit 1
fi
printf 'Published %s@%s\n' "$IMAGE" "$DIGEST"
