#!/bin/sh
# A CRM asks, twenty minutes after the chat was closed, whether there was anything else.
. "$(dirname "$0")/beckon.sh"

follow_up() {
  # The same key is the same message, however often the job runs.
  call "$(token "$1")" POST "/api/v2/communications/conversations/$CONVERSATION_ID/participants/$PARTICIPANT_ID/messages" \
    '{"messageType":"proactive","content":{"text":"Did you need anything else?"}}' \
    "Idempotency-Key: follow-up-$CONVERSATION_ID"
}

follow_up admin:conversation:write
tell_sent
first=$(get .messageId)

follow_up conversations:read
tell_refusal

follow_up "$(get .requiredScope)"
tell_sent
[ "$(get .messageId)" != "$first" ] || echo "the same message, not a second one"
