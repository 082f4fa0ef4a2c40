"""A git host whose comments are a file, as far as `gh api` of the workflow asks for them."""

import json
import subprocess
from argparse import ArgumentParser
from os import environ
from pathlib import Path

BOT = "github-actions[bot]"


def main() -> None:
    """List the comments of a thread through jq, add one, or replace the body of one."""
    parser = ArgumentParser()
    parser.add_argument("api", choices=["api"])
    parser.add_argument("path")
    parser.add_argument("--method", default="GET")
    parser.add_argument("--jq", default=".")
    parser.add_argument("--field", default="")
    parser.add_argument("--paginate", action="store_true")
    parser.add_argument("--silent", action="store_true")
    asked = parser.parse_args()
    store = Path(environ["STORE"])
    if asked.method == "GET":
        subprocess.run(["jq", "-r", asked.jq, store], check=True)  # noqa: S607 — gh has jq built in
        return
    comments = json.loads(store.read_text())
    body = Path(asked.field.removeprefix("body=@")).read_text()
    if asked.method == "POST":
        url = f"{asked.path}/{len(comments)}"
        comments.append({"url": url, "user": {"login": BOT}, "body": body})
    else:
        (found,) = [one for one in comments if one["url"] == asked.path]
        found["body"] = body
    store.write_text(json.dumps(comments))


if __name__ == "__main__":
    main()
