import { expect, test } from 'vitest'
import { contentFault } from './content-fault.ts'

const binary = { isText: false, isDeclaredKnown: true }

test.each([
  ['image/png', 'image/png'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/zip'],
  ['application/msword', 'application/x-cfb'],
  ['audio/x-m4a', 'video/mp4'],
  ['application/octet-stream', 'image/png'],
])('a file called %s whose bytes are %s is what it says', (declared, mediaType) => {
  expect(contentFault(declared, { ...binary, mediaType })).toBeUndefined()
})

test.each([
  ['image/png', 'image/jpeg'],
  ['image/png', 'application/pdf'],
  ['application/pdf', 'application/zip'],
  ['image/png', undefined],
])('a file called %s whose bytes are %s lies', (declared, mediaType) => {
  expect(contentFault(declared, { ...binary, ...(mediaType === undefined ? {} : { mediaType }) })).toBe('content')
})

test.each(['application/x-msdownload', 'application/x-elf', 'application/x-mach-binary', 'application/x-executable', 'application/java-vm'])(
  'a program (%s) is refused under any name, its own included',
  (program) => {
    for (const declared of [program, 'image/png', 'application/octet-stream', 'text/plain']) {
      expect(contentFault(declared, { mediaType: program, isText: true, isDeclaredKnown: true })).toBe('content')
    }
  },
)

test('text is text however it begins, and bytes that are no text are not', () => {
  expect(contentFault('text/plain', { isText: true, isDeclaredKnown: false })).toBeUndefined()
  expect(contentFault('text/csv', { isText: true, mediaType: 'image/bmp', isDeclaredKnown: false })).toBeUndefined()
  expect(contentFault('text/plain', { isText: false, isDeclaredKnown: false })).toBe('content')
})

test('a type without a signature is taken at its word', () => {
  expect(contentFault('application/x-our-own', { isText: false, isDeclaredKnown: false })).toBeUndefined()
})
