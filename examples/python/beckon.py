"""What the five stories share: a token, one HTTP session, and how an answer is told."""

import os

import requests

URL = os.environ["BECKON_URL"]
CLIENT = (os.environ["BECKON_CLIENT_ID"], os.environ["BECKON_CLIENT_SECRET"])


def api(scope):
    """A session whose token may do what `scope` says and nothing else."""
    session = requests.Session()
    answer = session.post(
        f"{URL}/oauth/token",
        data={"grant_type": "client_credentials", "scope": scope},
        auth=CLIENT,
        timeout=30,
    )
    answer.raise_for_status()
    session.headers["Authorization"] = "Bearer " + answer.json()["access_token"]
    return session


def tell_sent(answer):
    """What was done about the message, and how it travels."""
    if not answer.ok:
        raise SystemExit(f"{answer.status_code} {answer.text}")
    sent = answer.json()
    print(answer.status_code, f"{sent['did']},", sent["status"])
    for delivery in sent["deliveries"]:
        print(f"  {delivery['route']}: {delivery['status']}")


def tell_refusal(answer):
    """Why not, and what would work instead."""
    if answer.ok:
        raise SystemExit(f"a refusal was expected, not {answer.status_code}")
    problem = answer.json()
    print(answer.status_code, problem["code"])
    if "requiredScope" in problem:
        print("  needs", problem["requiredScope"])
    for action in problem.get("actions", [])[:1]:
        print("  try", action["method"], action["href"])
    return problem
