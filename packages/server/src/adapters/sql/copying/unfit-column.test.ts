import { expect, test } from 'vitest'
import { unfitColumn } from './unfit-column.ts'

test.each([
  ['U+0000 in a plain column', ['c\0', '1', '{}'], 'id'],
  ['U+0000 in JSON', ['c', '1', String.raw`{"name":"a\u0000b"}`], 'body'],
  ['half a character in a name in JSON', ['c', '1', String.raw`{"deep":[{"\ud83d":1}]}`], 'body'],
  ['a backslash that somebody wrote in JSON', ['c', '1', String.raw`{"name":"\\u0000"}`], undefined],
  ['what looks like an escape in a plain column', [String.raw`\u0000`, null, '{}'], undefined],
])('a row with %s is told by its column, if any', (_, cells, column) => {
  expect(unfitColumn('deployments', cells)).toBe(column)
})
