/** A rumour of the field, what is true here, and lines of shell that show it. */
export interface FaqEntry {
  readonly question: string
  readonly answer: string
  readonly proof: string
  /** What the proof prints. */
  readonly prints: string
}

/** What every proof begins with. */
export const faqPreparation = `TOKEN=$(npx beckon token)
HOST=http://127.0.0.1:8080
API=$HOST/api/v2/conversations/messaging
api() { curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' "$@"; }
pick() { grep -o "\\"$1\\":\\"[^\\"]*\\"" | head -n 1 | cut -d '"' -f 4; }
LATEST=$(api "$API?pageSize=1")
CONTACT=$(echo "$LATEST" | pick contactId)
CONVERSATION=$(echo "$LATEST" | pick id)`

export const faqEntries: readonly FaqEntry[] = [
  {
    question: 'Must a closed conversation be reopened before I write to it?',
    answer:
      'No. A send is accepted in whatever state the conversation is, and reopens a closed one unless its `policy.whenClosed` says otherwise. The answer says what was found and done.',
    proof: `api -X PATCH $API/$CONVERSATION -d '{"status":"closed"}' | pick status
api $API/$CONVERSATION/messages -d '{"text":"One more thing."}' | pick did`,
    prints: 'closed\nreopened',
  },
  {
    question: 'Which flag forces a message in: force, forceOpen, override?',
    answer:
      'There is none, because there is nothing to force: what happens to a closed conversation is a policy of each send (`reopen`, `append`, `startLinked`, `reject`). Calls as the field spells them may carry `forceOpen`, which means just that policy; any field that is not known is refused and pointed at rather than ignored.',
    proof: `api $API/contacts/$CONTACT/messages -d '{"text":"Let me in!","forceDelivery":true}' | pick pointer`,
    prints: '#/forceDelivery',
  },
  {
    question: 'Is a missing scope sometimes masked as 409?',
    answer:
      'Never. Scopes are checked before any state is looked at: a missing one is always 403 `insufficient_scope`, whether the conversation is open, closed or does not exist. A 409 is about state alone, and names it in `currentState`.',
    proof: `READER=$(npx beckon token --scope conversations:read)
for ID in $CONVERSATION 00000000-0000-7000-8000-000000000000; do
  curl -s -X PATCH -H "Authorization: Bearer $READER" -H 'Content-Type: application/json' -d '{"status":"closed"}' $API/$ID | pick requiredScope
done`,
    prints: 'webmessaging:write\nwebmessaging:write',
  },
  {
    question: 'Why can my program send but not close?',
    answer:
      'Closing ends somebody’s conversation and has a scope of its own, `webmessaging:write`; `conversations:write` covers everything else. The refusal names the scope that is missing, and `GET /api/v2/tokens/me` tells what a token holds.',
    proof: `WRITER=$(npx beckon token --scope conversations:write)
curl -s -X PATCH -H "Authorization: Bearer $WRITER" -H 'Content-Type: application/json' -d '{"status":"closed"}' $API/$CONVERSATION | pick requiredScope
CLOSER=$(npx beckon token --scope webmessaging:write)
curl -s -X PATCH -H "Authorization: Bearer $CLOSER" -H 'Content-Type: application/json' -d '{"status":"closed"}' $API/$CONVERSATION | pick status`,
    prints: 'webmessaging:write\nclosed',
  },
  {
    question: 'Do session ids die after milliseconds?',
    answer:
      'No. A session lasts three days from its last use unless the deployment says otherwise, and its id stays an address for good: a send to a session that expired or was ended reaches the person it belonged to. Only tokens are credentials.',
    proof: `SESSION=$(api $API/sessions -d '{"contact":{"name":"Grace"}}' | pick sessionId)
api -X DELETE $API/sessions/$SESSION
api $API/messages -d "{\\"sessionId\\":\\"$SESSION\\",\\"text\\":\\"Welcome back.\\"}" | pick status`,
    prints: 'sent',
  },
  {
    question: 'The guest closed the tab: will I get 403 or 409?',
    answer:
      'Neither. A tab is a connection, and a closed one changes nothing about who may write to whom: the message is stored and shown when the guest returns. `found.connections` tells how many tabs are open, `deliveries` what becomes of the message.',
    proof: `api $API/contacts/$CONTACT/messages -d '{"text":"See you later."}' -w '\\n%{http_code}\\n' > sent.txt
tail -n 1 sent.txt; grep -o '"connections":0' sent.txt | head -n 1; rm sent.txt`,
    prints: '202\n"connections":0',
  },
  {
    question: 'Must client credentials ask for scopes in the token request?',
    answer:
      'No. Without `scope` the token has every scope of its client; with it, those and no others. Asking for one that the client does not have is refused at once, with `invalid_scope`.',
    proof: `eval "$(npx beckon client create --name 'FAQ' --scope contacts:read,events:read)"
curl -s -u "$BECKON_CLIENT_ID:$BECKON_CLIENT_SECRET" -d grant_type=client_credentials $HOST/oauth/token | pick scope
curl -s -u "$BECKON_CLIENT_ID:$BECKON_CLIENT_SECRET" -d grant_type=client_credentials -d scope=events:read $HOST/oauth/token | pick scope
curl -s -u "$BECKON_CLIENT_ID:$BECKON_CLIENT_SECRET" -d grant_type=client_credentials -d scope=contacts:erase $HOST/oauth/token | pick error
unset BECKON_CLIENT_ID BECKON_CLIENT_SECRET`,
    prints: 'contacts:read events:read\nevents:read\ninvalid_scope',
  },
  {
    question: 'Do I need X-Genesys-Client-Id or other headers of that kind?',
    answer:
      'No. `Authorization` says who is asking, `Content-Type` what the body is, and that is all; headers that are not known are ignored. A version mismatch is not a reason for any refusal.',
    proof: `api $API/$CONVERSATION -o /dev/null -w '%{http_code}\\n'
api $API/$CONVERSATION -o /dev/null -w '%{http_code}\\n' -H 'X-Genesys-Client-Id: crm' -H 'X-Genesys-Client-Version: 0.0.1'`,
    prints: '200\n200',
  },
  {
    question: 'Must I keep conversation id, participant id and session id together?',
    answer:
      'Any one of them is enough, and each leads to the person. The contact id outlives the others; an id of your own, given once as `externalId`, spares you from keeping any of ours.',
    proof: `api -X PATCH $HOST/api/v2/contacts/$CONTACT -d '{"externalId":"crm-4711"}' | pick externalId
api $API/messages -d '{"externalId":"crm-4711","text":"Found you."}' | pick status`,
    prints: 'crm-4711\nsent',
  },
  {
    question: 'My request timed out: will repeating it send twice?',
    answer:
      'Not with an `Idempotency-Key`. A repetition under the same key gets the first answer, marked `Idempotent-Replayed: true`; another request under that key is refused, and one that comes while the first is under way is asked to come again.',
    proof: `ONE=$(api -H 'Idempotency-Key: order-4711' $API/contacts/$CONTACT/messages -d '{"text":"Ready."}' | pick messageId)
TWO=$(api -H 'Idempotency-Key: order-4711' $API/contacts/$CONTACT/messages -d '{"text":"Ready."}' | pick messageId)
[ "$ONE" = "$TWO" ] && echo the same message`,
    prints: 'the same message',
  },
  {
    question: 'Can I find out what a send would do without sending?',
    answer:
      'Yes: `"dryRun": true` answers 200 with what would be found and done, and stores nothing. `beckon doctor call` does the same for a curl line that does not work, and says why.',
    proof: `api $API/contacts/$CONTACT/messages -d '{"text":"What if?","dryRun":true}' | pick did`,
    prints: 'appended',
  },
]
