#!/bin/sh
# A cloud function greets a known visitor by this morning's session id, and another by a fresh one.
. "$(dirname "$0")/beckon.sh"

greet() {
  call "$1" POST /api/v2/conversations/messaging/external/guests/sendmessage "{\"webChatSessionId\":\"$2\",\"text\":\"Welcome back!\"}"
}

desk=$(token "webchat:session:write conversations:read")

call "$desk" GET "/api/v2/conversations/messaging/sessions/$SESSION_ID"
echo "$status $(get '"\(.state) \(.endedReason // "")"')"

greet "$desk" "$SESSION_ID"
tell_refusal

sender=$(token "$(get .requiredScope)")
greet "$sender" "$SESSION_ID"
tell_sent

guest=$(jq -n --arg name "$GUEST_NAME" --arg email "$GUEST_EMAIL" '{guest: {name: $name, email: $email}}')
call "$desk" POST /api/v2/conversations/webchat/sessions "$guest"
echo "$status $(get .state)"
greet "$sender" "$(get .webChatSessionId)"
tell_sent
