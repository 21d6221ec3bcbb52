# What the five stories share: a token, a call with it, and how an answer is told. POSIX sh, curl from 7.82, jq.
set -eu

# token SCOPE: prints an access token that may do what SCOPE says and nothing else.
token() {
  curl -sS --fail-with-body -u "$BECKON_CLIENT_ID:$BECKON_CLIENT_SECRET" \
    -d grant_type=client_credentials --data-urlencode "scope=$1" "$BECKON_URL/oauth/token" | jq -r .access_token
}

# introspect TOKEN: what the token is good for, in $status and $answer.
introspect() {
  keep "$(curl -sS -u "$BECKON_CLIENT_ID:$BECKON_CLIENT_SECRET" --data-urlencode "token=$1" -w '\n%{http_code}' "$BECKON_URL/oauth/introspect")"
}

# call TOKEN METHOD PATH [BODY [HEADER]]: leaves what came in $status and $answer.
call() {
  keep "$(curl -sS -X "$2" -H "Authorization: Bearer $1" ${4:+--json "$4"} ${5:+-H "$5"} -w '\n%{http_code}' "$BECKON_URL$3")"
}

# The last line is the status.
keep() {
  status=$(printf '%s' "$1" | tail -n 1)
  answer=$(printf '%s' "$1" | sed '$d')
}

# get FILTER: prints a field of the answer.
get() {
  printf '%s' "$answer" | jq -r "$1"
}

# What was done about the message, and how it travels.
tell_sent() {
  [ "$status" = 202 ] || fail
  echo "$status $(get '"\(.did), \(.status)"')"
  get '.deliveries[] | "  \(.route): \(.status)"'
}

# Why not, and what would work instead.
tell_refusal() {
  [ "$status" -ge 400 ] || fail
  echo "$status $(get .code)"
  get '(.requiredScope // empty | "  needs \(.)"), (.actions[0]? // empty | "  try \(.method) \(.href)")'
}

fail() {
  echo "not expected: $status $answer" >&2
  exit 1
}
