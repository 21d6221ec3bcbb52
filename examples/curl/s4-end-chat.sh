#!/bin/sh
# A ticketing system ends a guest's chat.
. "$(dirname "$0")/beckon.sh"

chat=/api/v2/conversations/webmessaging/instances/$CONVERSATION_ID

call "$(token conversations:write)" DELETE "$chat"
tell_refusal

token=$(token "$(get .requiredScope)")
call "$token" DELETE "$chat"
echo "$status"
# Ending what has ended changes nothing, so a job may simply be run again.
call "$token" DELETE "$chat"
echo "$status"
