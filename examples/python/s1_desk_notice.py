"""An extension of the agents' desktop adds a word to a chat that is closed."""

import os

from beckon import URL, api, tell_refusal, tell_sent

conversation_id = os.environ["CONVERSATION_ID"]
conversation = f"{URL}/api/v2/conversations/messaging/conversations/{conversation_id}"
notice = {
    "from": {"name": os.environ["AGENT_NAME"], "id": os.environ["AGENT_ID"]},
    "text": "Your replacement has been posted.",
    "conversationId": conversation_id,
}
session = api("conversations:write webmessaging:write")


def send(body):
    return session.post(f"{URL}/api/v2/conversations/messaging/messages", json=body, timeout=30)


tell_sent(send(notice))

closed = session.patch(conversation, json={"status": "closed"}, timeout=30)
print(closed.status_code, closed.json()["status"])

# A business that never wants a closed chat disturbed is told which call would open it.
problem = tell_refusal(send({**notice, "policy": {"whenClosed": "reject"}}))
action = problem["actions"][0]
reopened = session.request(action["method"], URL + action["href"], json=action.get("body"), timeout=30)
print(reopened.status_code, reopened.json()["status"])

# Two other ways to the same end; on an open conversation neither changes anything.
still_open = session.patch(conversation, json={"status": "open"}, timeout=30)
print(still_open.status_code, still_open.json()["status"])
guest = session.post(f"{URL}/api/v2/conversations/{conversation_id}/participants", json={}, timeout=30)
print(guest.status_code, guest.json()["purpose"])
