#!/usr/bin/env bash
# Names the services whose load test has to run, and runs them one after another: all tests are run before the first failure counts.
# SERVICE names one; without it and without BASE it is all of them; otherwise those whose release file between BASE and HEAD changed, below RELEASES in a folder of GATED.
# What stands behind the public names comes by ADDRESS where DNS leads elsewhere; NEEDS_ADDRESS says that it does.
set -euo pipefail

fail() {
  printf '::error::%s\n' "$1"
  exit 1
}

[[ $NEEDS_ADDRESS != true || -n ${ADDRESS:-} ]] ||
  fail 'set the variable of the repository that the workflow names: the public names lead to another environment'

services=()
if [[ -n ${SERVICE:-} ]]; then
  services=("$SERVICE")
elif [[ -z ${BASE:-} ]]; then
  for file in platform/load-tests/*.js; do
    services+=("$(basename -- "$file" .js)")
  done
else
  read -r -a guarded <<<"$GATED"
  for environment in "${guarded[@]}"; do
    while IFS= read -r file; do
      services+=("$(basename -- "$file" .json)")
    done < <(git diff --name-only "$BASE" "$HEAD" -- "$RELEASES/$environment/")
  done
fi

failed=()
for service in "${services[@]}"; do
  [[ $service =~ ^[a-z0-9-]+$ ]] || fail "no name of a service: $service"
  script=platform/load-tests/$service.js
  if [[ ! -f $script ]]; then
    printf '%s promises no throughput to the public: nothing to run\n' "$service"
    continue
  fi
  printf '::group::%s\n' "$service"
  k6 run --quiet "$script" || failed+=("$service")
  printf '::endgroup::\n'
done
[[ ${#failed[@]} == 0 ]] || fail "does not stand the promised load: ${failed[*]}"
