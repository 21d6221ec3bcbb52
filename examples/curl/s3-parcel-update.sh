#!/bin/sh
# A scheduled job writes to somebody whose chat is open and whose tab is closed.
. "$(dirname "$0")/beckon.sh"

by_contact() {
  body=$(jq -n --arg sender "$SENDER_ID" '{from: {id: $sender}, text: "It will be there before noon."}')
  call "$1" POST "/api/v2/conversations/messaging/contacts/$CONTACT_ID/messages" "$body"
}

token=$(token "webchat:write conversations:read")

introspect "$token"
echo "$status $(get .scope)"

call "$token" GET "/api/v2/conversations/messaging/$CONVERSATION_ID"
echo "$status $(get '"\(.status), \(.presence.connections) tabs"')"

message=$(jq -n --arg session "$SESSION_ID" --arg contact "$CONTACT_ID" --arg sender "$SENDER_ID" \
  '{webchatSessionId: $session, contactId: $contact, from: {id: $sender}, text: "Your parcel is on its way."}')
call "$token" POST /api/v2/conversations/webchat/messages "$message"
tell_sent

by_contact "$token"
tell_refusal

by_contact "$(token "$(get .requiredScope)")"
tell_sent
