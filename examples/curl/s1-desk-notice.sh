#!/bin/sh
# An extension of the agents' desktop adds a word to a chat that is closed.
. "$(dirname "$0")/beckon.sh"

messages=/api/v2/conversations/messaging/messages
conversation=/api/v2/conversations/messaging/conversations/$CONVERSATION_ID
notice=$(jq -n --arg name "$AGENT_NAME" --arg id "$AGENT_ID" --arg conversation "$CONVERSATION_ID" \
  '{from: {name: $name, id: $id}, text: "Your replacement has been posted.", conversationId: $conversation}')
token=$(token "conversations:write webmessaging:write")

call "$token" POST "$messages" "$notice"
tell_sent

call "$token" PATCH "$conversation" '{"status":"closed"}'
echo "$status $(get .status)"

# A business that never wants a closed chat disturbed is told which call would open it.
call "$token" POST "$messages" "$(printf '%s' "$notice" | jq '. + {policy: {whenClosed: "reject"}}')"
tell_refusal
call "$token" "$(get '.actions[0].method')" "$(get '.actions[0].href')" "$(get '.actions[0].body')"
echo "$status $(get .status)"

# Two other ways to the same end; on an open conversation neither changes anything.
call "$token" PATCH "$conversation" '{"status":"open"}'
echo "$status $(get .status)"
call "$token" POST "/api/v2/conversations/$CONVERSATION_ID/participants" '{}'
echo "$status $(get .purpose)"
