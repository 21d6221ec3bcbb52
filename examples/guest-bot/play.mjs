// The customer's side of a script, one line after the other.

/** What each line of a script may hold, and how it is played. Rejects when the business does not play along in time. */
const lines = {
  say: async (guest, text) => {
    await guest.send(text).entry
  },
  hear: async (guest, words) => {
    await guest.until((state) => messagesOf(state).some(({ direction, text }) => direction === 'outbound' && text.includes(words)))
  },
  choose: async (guest, label) => {
    const isOffered = (state) => offerOf(state, label) !== undefined
    const { entry, reply } = offerOf(await guest.until(isOffered), label)
    await guest.answer(entry, reply).entry
  },
}

export async function play(guest, script, patienceSeconds) {
  for (const [index, line] of script.entries()) {
    const [[kind, what] = []] = Object.entries(line)
    if (!(kind in lines)) throw new Error(`line ${index + 1} is none of ${Object.keys(lines).join(', ')}: ${JSON.stringify(line)}`)
    await inTime(lines[kind](guest, what), patienceSeconds, `line ${index + 1}, ${kind} "${what}"`)
  }
}

export function messagesOf({ threads }) {
  return threads.flatMap(({ entries }) => entries).filter(({ kind, withdrawn }) => kind === 'message' && !withdrawn)
}

/** The latest message that offers this quick reply. */
function offerOf(state, label) {
  return messagesOf(state)
    .toReversed()
    .flatMap((entry) => entry.quickReplies.filter(({ text }) => text === label).map((reply) => ({ entry, reply })))[0]
}

async function inTime(playing, seconds, what) {
  const late = Promise.withResolvers()
  const timer = setTimeout(() => late.reject(new Error(`nobody played along within ${seconds} seconds: ${what}`)), seconds * 1000)
  try {
    await Promise.race([playing, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
