# Answers requests to run checkov on a folder: loading it takes far longer than looking at a folder, so a fork of it looks at each.
import json
import os
import signal
import sys
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", category=SyntaxWarning)
    from checkov.main import Checkov


def look(request, answers):
    """Writes what checkov says to the report's file, and the number of the request when it is done."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    output = os.open(request["report"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.chdir(request["folder"])
    try:
        Checkov(request["arguments"]).run()
    finally:
        sys.stdout.flush()
        os.write(answers, b"%d\n" % request["number"])
        os._exit(0)


signal.signal(signal.SIGCHLD, signal.SIG_IGN)
# checkov logs to whatever it finds; answers go out by a descriptor of their own.
channel = os.dup(1)
# readline, since iterating reads ahead and a fork would read the rest again.
for line in iter(sys.stdin.readline, ""):
    if os.fork() == 0:
        look(json.loads(line), channel)
