#!/usr/bin/env bash
# Writes the message for Slack: what failed, or which version the last stage has now.
# Values come from the environment: MESSAGE (the file), NEEDS (the jobs' results as JSON), SERVICE, STAGE, GITHUB_*.
set -euo pipefail

# Slack wants these three characters escaped in text (docs.slack.dev/messaging/formatting-message-text).
jq --null-input '
  def slack: gsub("&"; "&amp;") | gsub("<"; "&lt;") | gsub(">"; "&gt;");
  ($ENV.NEEDS | fromjson | [to_entries[] | select(.value.result == "failure") | .key]) as $failed
  | "\($ENV.GITHUB_SERVER_URL)/\($ENV.GITHUB_REPOSITORY)/actions/runs/\($ENV.GITHUB_RUN_ID)" as $run
  | ($ENV.GITHUB_SHA[0:12]) as $version
  | (if $failed == []
     then ":white_check_mark: *\($ENV.SERVICE | slack)*: \($version) runs in \($ENV.STAGE | slack)"
     else ":x: *\($ENV.SERVICE | slack)*: \($failed | join(", ") | slack) failed for \($version)"
     end) as $text
  | {text: "\($text), by \($ENV.GITHUB_ACTOR | slack) (<\($run)|run>)"}
' >"$MESSAGE"
cat "$MESSAGE"
