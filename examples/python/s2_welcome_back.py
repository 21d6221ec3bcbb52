"""A cloud function greets a known visitor by this morning's session id, and another by a fresh one."""

import os

from beckon import URL, api, tell_refusal, tell_sent

session_id = os.environ["SESSION_ID"]
guest = {"name": os.environ["GUEST_NAME"], "email": os.environ["GUEST_EMAIL"]}


def greet(session, web_chat_session_id):
    return session.post(
        f"{URL}/api/v2/conversations/messaging/external/guests/sendmessage",
        json={"webChatSessionId": web_chat_session_id, "text": "Welcome back!"},
        timeout=30,
    )


desk = api("webchat:session:write conversations:read")

known = desk.get(f"{URL}/api/v2/conversations/messaging/sessions/{session_id}", timeout=30)
print(known.status_code, known.json()["state"], known.json().get("endedReason", ""))

problem = tell_refusal(greet(desk, session_id))

sender = api(problem["requiredScope"])
tell_sent(greet(sender, session_id))

fresh = desk.post(f"{URL}/api/v2/conversations/webchat/sessions", json={"guest": guest}, timeout=30)
print(fresh.status_code, fresh.json()["state"])
tell_sent(greet(sender, fresh.json()["webChatSessionId"]))
