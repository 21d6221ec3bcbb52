import fc from 'fast-check'

/** Places for connections: the first four are one guest's, the other two another's; odd ones ask for the additions. */
export const slots = [0, 1, 2, 3, 4, 5] as const
export type Slot = (typeof slots)[number]
export type Who = 0 | 1

export function whoseIs(slot: Slot): Who {
  return slot < 4 ? 0 : 1
}

export function hasAdditions(slot: Slot): boolean {
  return slot % 2 === 1
}

/** What somebody does. Whatever is not possible where it stands is left out by the run, so that every sequence is one. */
export type Step =
  | { readonly do: 'configure'; readonly slot: Slot; readonly startNew: boolean; readonly resumes: boolean }
  | { readonly do: 'say' | 'repeat' | 'sayAsAnother' | 'type' | 'join' | 'clear' | 'getJwt' | 'open' | 'cut' | 'leave'; readonly slot: Slot }
  | { readonly do: 'closeSession'; readonly slot: Slot; readonly all: boolean }
  | { readonly do: 'babble'; readonly slot: Slot; readonly what: 'noJson' | 'noObject' | 'noAction' | 'unknownAction' | 'noMessage' }
  | { readonly do: 'talkAtOnce'; readonly slots: readonly Slot[] }
  | { readonly do: 'businessSends' | 'businessCloses'; readonly who: Who }
  | { readonly do: 'wait' | 'expire' }

const slot = fc.constantFrom(...slots)
const who = fc.constantFrom<Who[]>(0, 1)
const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>): fc.WeightedArbitrary<T> => ({ weight, arbitrary })
const at = (name: Exclude<Extract<Step, { readonly slot: Slot }>['do'], 'configure' | 'closeSession' | 'babble'>): fc.Arbitrary<Step> => slot.map((one) => ({ do: name, slot: one }))

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  often(8, fc.record({ do: fc.constant('configure' as const), slot, startNew: fc.oneof(often(5, fc.constant(false)), often(1, fc.constant(true))), resumes: fc.boolean() })),
  often(8, at('say')),
  often(3, fc.record({ do: fc.constant('talkAtOnce' as const), slots: fc.uniqueArray(slot, { minLength: 2, maxLength: 4 }) })),
  often(3, fc.record({ do: fc.constant('businessSends' as const), who })),
  often(3, fc.record({ do: fc.constant('businessCloses' as const), who })),
  often(2, fc.record({ do: fc.constant('closeSession' as const), slot, all: fc.boolean() })),
  often(1, fc.record({ do: fc.constant('babble' as const), slot, what: fc.constantFrom('noJson', 'noObject', 'noAction', 'unknownAction', 'noMessage') })),
  often(2, fc.constantFrom({ do: 'wait' as const }, { do: 'expire' as const })),
  often(2, fc.oneof(at('cut'), at('leave'))),
  often(2, at('clear')),
  often(4, fc.oneof(at('open'), at('repeat'), at('sayAsAnother'), at('type'), at('join'), at('getJwt'))),
)

export const anySequence = fc.array(anyStep, { minLength: 4, maxLength: 24 })
