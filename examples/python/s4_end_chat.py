"""A ticketing system ends a guest's chat."""

import os

from beckon import URL, api, tell_refusal

chat = f"{URL}/api/v2/conversations/webmessaging/instances/{os.environ['CONVERSATION_ID']}"

problem = tell_refusal(api("conversations:write").delete(chat, timeout=30))

session = api(problem["requiredScope"])
print(session.delete(chat, timeout=30).status_code)
# Ending what has ended changes nothing, so a job may simply be run again.
print(session.delete(chat, timeout=30).status_code)
