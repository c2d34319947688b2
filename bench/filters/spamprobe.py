#!/usr/bin/env python3
"""spamprobe behind the line protocol of a scorer: JSON in, JSON out."""
import json, os, subprocess, sys, tempfile, shutil

home = tempfile.mkdtemp(prefix="spamprobe-")

subprocess.run(["spamprobe", "-d", home, "create-db"], check=True, stdout=subprocess.DEVNULL)

def mail(m):
    head = "From: %s <%s>\nSubject: \nContent-Type: text/plain; charset=utf-8\n\n" % (
        (m.get("author") or "someone").replace("\n", " "), (m.get("email") or "someone@example.org").replace("\n", " "))
    return (head + m["text"] + "\n" + (m.get("url") or "") + "\n").encode("utf-8", "replace")

def run(command, m):
    return subprocess.run(["spamprobe", "-d", home, command], input=mail(m), stdout=subprocess.PIPE, check=True).stdout.decode()

try:
    for line in sys.stdin:
        m = json.loads(line)
        if m["op"] == "learn":
            run("spam" if m["spam"] else "good", m)
            print('{"ok":true}', flush=True)
        else:
            word, score = run("score", m).split()[:2]
            print(json.dumps({"score": float(score), "spam": word == "SPAM"}), flush=True)
finally:
    shutil.rmtree(home)
