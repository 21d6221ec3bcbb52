"""A CRM asks, twenty minutes after the chat was closed, whether there was anything else."""

import os

from beckon import URL, api, tell_refusal, tell_sent

conversation_id = os.environ["CONVERSATION_ID"]
participant_id = os.environ["PARTICIPANT_ID"]


def follow_up(session):
    return session.post(
        f"{URL}/api/v2/communications/conversations/{conversation_id}/participants/{participant_id}/messages",
        json={"messageType": "proactive", "content": {"text": "Did you need anything else?"}},
        # The same key is the same message, however often the job runs.
        headers={"Idempotency-Key": f"follow-up-{conversation_id}"},
        timeout=30,
    )


first = follow_up(api("admin:conversation:write"))
tell_sent(first)

problem = tell_refusal(follow_up(api("conversations:read")))

again = follow_up(api(problem["requiredScope"]))
tell_sent(again)
if again.json()["messageId"] == first.json()["messageId"]:
    print("the same message, not a second one")
