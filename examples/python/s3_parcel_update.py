"""A scheduled job writes to somebody whose chat is open and whose tab is closed."""

import os

import requests

from beckon import CLIENT, URL, api, tell_refusal, tell_sent

contact_id = os.environ["CONTACT_ID"]
conversation_id = os.environ["CONVERSATION_ID"]
sender = {"id": os.environ["SENDER_ID"]}
session = api("webchat:write conversations:read")


def by_contact(caller):
    return caller.post(
        f"{URL}/api/v2/conversations/messaging/contacts/{contact_id}/messages",
        json={"from": sender, "text": "It will be there before noon."},
        timeout=30,
    )


token = session.headers["Authorization"].removeprefix("Bearer ")
checked = requests.post(f"{URL}/oauth/introspect", data={"token": token}, auth=CLIENT, timeout=30)
print(checked.status_code, checked.json()["scope"])

before = session.get(f"{URL}/api/v2/conversations/messaging/{conversation_id}", timeout=30)
print(before.status_code, f"{before.json()['status']},", before.json()["presence"]["connections"], "tabs")

tell_sent(
    session.post(
        f"{URL}/api/v2/conversations/webchat/messages",
        json={
            "webchatSessionId": os.environ["SESSION_ID"],
            "contactId": contact_id,
            "from": sender,
            "text": "Your parcel is on its way.",
        },
        timeout=30,
    )
)

problem = tell_refusal(by_contact(session))
tell_sent(by_contact(api(problem["requiredScope"])))
