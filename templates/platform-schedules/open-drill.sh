#!/usr/bin/env bash
# Opens the issue of this period's drill with its checklist, once: a run that is repeated finds its own issue.
# CHECKLIST is the file of the checklist; gh finds the repository by the checkout.
set -euo pipefail

title="Failover drill $(date --utc +%Y-%m)"
open=$(gh issue list --state all --limit 200 --json title --jq '.[].title')
if grep --quiet --line-regexp --fixed-strings -- "$title" <<<"$open"; then
  printf 'there is an issue already: %s\n' "$title"
  exit 0
fi
gh issue create --title "$title" --body-file "$CHECKLIST"
