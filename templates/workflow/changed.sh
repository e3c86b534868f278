#!/usr/bin/env bash
# Tells whether a group of a merge queue changes anything below PATHS (one pattern of GitHub's a line, `!` excludes).
# Values come from the environment: BASE_SHA, HEAD_SHA, PATHS, GITHUB_OUTPUT.
set -euo pipefail

patterns=()
while IFS= read -r path; do
  case $path in
    '!'*) patterns+=(":(top,glob,exclude)${path#!}") ;;
    *) patterns+=(":(top,glob)$path") ;;
  esac
done <<<"$PATHS"

difference=0
git diff --quiet --no-renames "$BASE_SHA" "$HEAD_SHA" -- "${patterns[@]}" || difference=$?
case $difference in
  0) relevant=false ;;
  1) relevant=true ;;
  *) exit "$difference" ;;
esac
printf 'relevant=%s\n' "$relevant" | tee -a "$GITHUB_OUTPUT"
