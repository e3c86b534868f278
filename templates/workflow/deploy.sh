#!/usr/bin/env bash
# Brings one verified image into one environment. Usage: deploy.sh STEP, in the order
#   verify   the image was attested by this workflow, for this commit
#   render   the overlay's manifests, with the image by digest
#   record   what serves now, so that roll-back knows where to return to
#   configure, migrate, roll-out   the three phases in which the manifests are applied
#   smoke-test   the new version answers
#   roll-back    to what was recorded
# Values come from the environment: IMAGE, DIGEST, OVERLAY, NAMESPACE, DEPLOYMENTS and ROLLOUTS (names with spaces between),
# ROLLOUT_SECONDS, MIGRATION, MIGRATION_SECONDS, SMOKE_URL or SMOKE_SERVICE, SMOKE_PATH, SMOKE_SECONDS, RUNNER_TEMP, GITHUB_*.
set -euo pipefail

state=$RUNNER_TEMP/deploy
manifests=$state/manifests.yaml
phase=groundwork.daorsagro.com/phase
rollout_kind=rollouts.argoproj.io
read -r -a deployments <<<"${DEPLOYMENTS:-}"
read -r -a rollouts <<<"${ROLLOUTS:-}"
mkdir -p "$state"

fail() {
  printf '::error::%s\n' "$1"
  exit 1
}

cluster() { kubectl --namespace "$NAMESPACE" "$@"; }

field() { cluster get "$1" "$2" --ignore-not-found --output "jsonpath=$3"; }

# Seconds until a point of bash's own clock, at least one.
left() { printf '%s' $(($1 > SECONDS ? $1 - SECONDS : 1)); }

# kubectl wait knows no «either … or …»: both are waited for at once, and the first that comes true decides.
reaches() {
  local object=$1 good=$2 bad=$3 seconds=$4 good_wait bad_wait first code=0
  # Without the function: in the background it would be a shell of its own, and kill would miss the kubectl below it.
  kubectl --namespace "$NAMESPACE" wait "$object" --for="$good" --timeout="${seconds}s" &
  good_wait=$!
  kubectl --namespace "$NAMESPACE" wait "$object" --for="$bad" --timeout="${seconds}s" >"$state/bad" 2>&1 &
  bad_wait=$!
  wait -n -p first "$good_wait" "$bad_wait" || code=$?
  # A watch for the bad end that broke off says nothing: the other one goes on.
  if [[ $first == "$bad_wait" && $code != 0 ]]; then
    code=0
    wait "$good_wait" || code=$?
    return "$code"
  fi
  kill "$good_wait" "$bad_wait" 2>/dev/null || true
  wait "$good_wait" "$bad_wait" 2>/dev/null || true
  [[ $first == "$good_wait" ]] && return "$code"
  cat "$state/bad"
  return 1
}

# The controller has seen the newest Rollout and the newest template, which stands in the Deployment of the same name.
# Until then its status is that of the version before.
rollout_is_observed() {
  local name=$1 deadline=$2 wanted seen
  while true; do
    wanted="$(field "$rollout_kind" "$name" '{.metadata.generation}') $(field deployment "$name" '{.metadata.generation}')"
    seen=$(field "$rollout_kind" "$name" '{.status.observedGeneration} {.status.workloadObservedGeneration}')
    [[ $wanted == "$seen" ]] && return 0
    ((SECONDS < deadline)) || return 1
    sleep 1
  done
}

# kubectl rollout status has no viewer for Rollouts.
rollout_is_healthy() {
  local name=$1 deadline=$2
  rollout_is_observed "$name" "$deadline" &&
    reaches "$rollout_kind/$name" 'jsonpath={.status.phase}=Healthy' 'jsonpath={.status.phase}=Degraded' "$(left "$deadline")"
}

# All of them start at once, so they share one time limit.
everything_is_ready() {
  local name deadline=$((SECONDS + ROLLOUT_SECONDS))
  for name in "${deployments[@]}"; do
    cluster rollout status "deployment/$name" --timeout="$(left "$deadline")s" || return 1
  done
  for name in "${rollouts[@]}"; do
    rollout_is_healthy "$name" "$deadline" || return 1
  done
}

show_trouble() {
  cluster get pods --output wide
  cluster get events --field-selector type=Warning --sort-by .lastTimestamp | tail -n 20
}

verify() {
  gh attestation verify "oci://$IMAGE@$DIGEST" --repo "$GITHUB_REPOSITORY" --deny-self-hosted-runners \
    --cert-identity "$GITHUB_SERVER_URL/$GITHUB_WORKFLOW_REF" --source-digest "$GITHUB_SHA"
}

render() {
  local folder
  [[ $DIGEST =~ ^sha256:[0-9a-f]{64}$ ]] || fail "$DIGEST is no digest"
  mkdir -p "$state/overlay"
  # kustomize takes a folder only by its relative path.
  folder=$(realpath --relative-to "$state/overlay" "$OVERLAY")
  jq --null-input --arg folder "$folder" '{
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: [$folder],
    images: [{name: $ENV.IMAGE, digest: $ENV.DIGEST}]
  }' >"$state/overlay/kustomization.yaml"
  kubectl kustomize "$state/overlay" >"$manifests"
  # kustomize says nothing when no image has the name.
  awk '
    ($1 == "image:" || ($1 == "-" && $2 == "image:")) {
      image = $NF
      gsub(/["\047]/, "", image)
      if (image == ENVIRON["IMAGE"] "@" ENVIRON["DIGEST"]) right++
      else if (index(image, ENVIRON["IMAGE"] ":") == 1 || index(image, ENVIRON["IMAGE"] "@") == 1 || image == ENVIRON["IMAGE"]) wrong++
    }
    END { exit !(right > 0 && wrong == 0) }
  ' "$manifests" || fail "the manifests of $OVERLAY do not run $IMAGE by digest"
}

record() {
  local name hash
  for name in "${deployments[@]}"; do
    field deployment "$name" '{.metadata.annotations.deployment\.kubernetes\.io/revision}' >"$state/revision-$name"
  done
  for name in "${rollouts[@]}"; do
    # The ReplicaSet that serves, whatever the template says by now.
    hash=$(field "$rollout_kind" "$name" '{.status.stableRS}')
    [[ -n $hash ]] || continue
    cluster get replicaset "$name-$hash" --output json |
      jq '.spec.template | del(.metadata.labels["rollouts-pod-template-hash"])' >"$state/template-$name.json"
  done
}

configure() {
  local object
  cluster apply --filename "$manifests" --selector "$phase=configure" --output name | tee "$state/configured"
  # Before it is synchronised there is no Secret, and every pod that mounts it hangs.
  while IFS= read -r object; do
    case $object in
      externalsecret.*) cluster wait "$object" --for condition=Ready --timeout 120s ;;
      *) ;;
    esac
  done <"$state/configured"
}

migrate() {
  local code=0
  # A Job cannot be changed: that of the last release goes first.
  cluster delete job "$MIGRATION" --ignore-not-found --timeout 60s
  cluster apply --filename "$manifests" --selector "$phase=migrate"
  reaches "job/$MIGRATION" condition=complete condition=failed "$MIGRATION_SECONDS" || code=$?
  cluster logs --selector "batch.kubernetes.io/job-name=$MIGRATION" --all-containers --prefix --tail 200 || true
  ((code == 0)) || fail "the migration $MIGRATION did not complete; no pod of the new version was started"
}

roll_out() {
  # Everything else, so that an object without the label is not forgotten.
  cluster apply --filename "$manifests" --selector "$phase notin (configure,migrate)"
  if ! everything_is_ready; then
    show_trouble
    fail "the new version did not become ready in $ROLLOUT_SECONDS seconds"
  fi
}

# One try: prints the status. curl itself waits a second between refused connections.
ask() {
  curl --silent --show-error --output "$state/answer" --write-out '%{http_code}' \
    --max-time 10 --retry 5 --retry-delay 1 --retry-connrefused "$1" || true
}

# Through the kubelet to the pod: a network policy that denies all but the declared callers does not forbid it.
ask_through_port_forward() {
  local forward
  kubectl --namespace "$NAMESPACE" port-forward "service/$SMOKE_SERVICE" 18080:http >"$state/forward" 2>&1 &
  forward=$!
  ask "http://127.0.0.1:18080$SMOKE_PATH"
  kill "$forward" 2>/dev/null || true
  wait "$forward" 2>/dev/null || true
}

smoke_test() {
  local status=none deadline=$((SECONDS + SMOKE_SECONDS))
  while true; do
    if [[ -n $SMOKE_URL ]]; then
      status=$(ask "$SMOKE_URL$SMOKE_PATH")
    else
      status=$(ask_through_port_forward)
    fi
    printf '%s answered %s\n' "$SMOKE_PATH" "$status"
    [[ $status == 200 ]] && return 0
    ((SECONDS < deadline)) || fail "the smoke test wanted 200 and got $status for $SMOKE_SECONDS seconds"
    sleep 2
  done
}

# What «kubectl argo rollouts undo» and «promote --full» do, by kubectl alone: the old template goes back into the Deployment
# that the Rollout refers to; where the new version was already the stable one, the steps of the canary are left out.
return_rollout() {
  local name=$1 deadline=$((SECONDS + ROLLOUT_SECONDS)) hashes
  jq '[{op: "replace", path: "/spec/template", value: .}]' "$state/template-$name.json" >"$state/patch-$name.json"
  cluster patch deployment "$name" --type json --patch-file "$state/patch-$name.json"
  # Before the new template is observed the controller would throw the promotion away.
  rollout_is_observed "$name" "$deadline" || return 1
  hashes=$(field "$rollout_kind" "$name" '{.status.currentPodHash} {.status.stableRS}')
  [[ ${hashes% *} == "${hashes#* }" ]] && return 0
  cluster patch "$rollout_kind" "$name" --subresource status --type merge --patch '{"status":{"promoteFull":true}}'
}

roll_back() {
  local name revision returned=0
  for name in "${deployments[@]}"; do
    revision=$(<"$state/revision-$name")
    if [[ -z $revision ]]; then
      printf '::warning::%s is new: there is no version to return to\n' "$name"
      continue
    fi
    cluster rollout undo "deployment/$name" --to-revision "$revision"
    returned=$((returned + 1))
  done
  for name in "${rollouts[@]}"; do
    if [[ ! -s $state/template-$name.json ]]; then
      printf '::warning::%s is new: there is no version to return to\n' "$name"
      continue
    fi
    return_rollout "$name"
    returned=$((returned + 1))
  done
  ((returned > 0)) || return 0
  if ! everything_is_ready; then
    show_trouble
    fail 'the version before did not become ready again: somebody has to look now'
  fi
  printf '::warning::returned to the version before\n'
}

case ${1:-} in
  verify) verify ;;
  render) render ;;
  record) record ;;
  configure) configure ;;
  migrate) migrate ;;
  roll-out) roll_out ;;
  smoke-test) smoke_test ;;
  roll-back) roll_back ;;
  *) fail "unknown step: ${1:-none}" ;;
esac
