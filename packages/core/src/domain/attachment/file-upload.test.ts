import { describe, expect, test } from 'vitest'
import { announcementFault, defaultFileUpload, largestSize, normalMediaType, sizeFault } from './file-upload.ts'

const photo = { fileName: 'parcel.png', mediaType: 'image/png', size: 4711 }
const everything = { ...defaultFileUpload, modes: [{ fileTypes: ['*/*'], maxFileSizeKB: 10_240 }] }

describe('a file that is announced', () => {
  test('is taken within the rules, whatever its size turns out to be', () => {
    expect(announcementFault(defaultFileUpload, 'guest', photo)).toBeUndefined()
    expect(announcementFault(defaultFileUpload, 'guest', { fileName: 'a.png', mediaType: 'image/png' })).toBeUndefined()
  })

  test.each([
    '../../etc/passwd.png', 'a/b.png', 'a\\b.png', 'C:x.png', '.png', 'noextension', 'trailing.png.', 'trailing.png ', ' leading.png', '..', '', 'dot.',
    'new\nline.png', 'nul\0.png', 'invoice\u202egnp.exe.png', 'zero\u200bwidth.png', 'what?.png', '.htaccess',
  ])('under the name %j is refused for its name', (fileName) => {
    expect(announcementFault(everything, 'guest', { ...photo, fileName })).toBe('name')
  })

  test.each(['Übergröße (2).PNG', '照片.png', 'a.b.c.png', 'emoji 📦.png', "it's.png"])('under the name %j is taken', (fileName) => {
    expect(announcementFault(defaultFileUpload, 'guest', { ...photo, fileName })).toBeUndefined()
  })

  test('under too long a name is refused for that', () => {
    expect(announcementFault(defaultFileUpload, 'guest', { ...photo, fileName: `${'a'.repeat(1020)}.png` })).toBe('name_too_long')
    expect(announcementFault(defaultFileUpload, 'guest', { ...photo, fileName: `${'a'.repeat(1019)}.png` })).toBeUndefined()
  })

  test.each(['run.exe', 'run.EXE', 'photo.png.exe', 'page.html', 'macro.vbs', 'drawing.svg'])('called %s is refused for its extension, from either side', (fileName) => {
    expect(announcementFault(everything, 'guest', { ...photo, fileName })).toBe('type')
    expect(announcementFault(everything, 'business', { ...photo, fileName })).toBe('type')
  })

  test('of a type that the deployment does not take is refused from a guest and not from the business', () => {
    const zip = { fileName: 'a.zip', mediaType: 'application/zip', size: 1 }

    expect(announcementFault(defaultFileUpload, 'guest', zip)).toBe('type')
    expect(announcementFault(defaultFileUpload, 'business', zip)).toBeUndefined()
  })

  test('is refused from guests where attachments are off', () => {
    expect(announcementFault({ ...defaultFileUpload, enabled: false }, 'guest', photo)).toBe('disabled')
    expect(announcementFault({ ...defaultFileUpload, enabled: false }, 'business', photo)).toBeUndefined()
  })

  test('is refused when it is empty or larger than the largest mode for its type', () => {
    const rules = { ...defaultFileUpload, modes: [{ fileTypes: ['image/*'], maxFileSizeKB: 1 }, { fileTypes: ['image/png'], maxFileSizeKB: 2 }, { fileTypes: ['video/mp4'], maxFileSizeKB: 900 }] }

    expect(largestSize(rules, 'guest', 'image/png')).toBe(2048)
    expect(largestSize(rules, 'guest', 'image/gif')).toBe(1024)
    expect(largestSize(rules, 'guest', 'imagery/gif')).toBeUndefined()
    expect(announcementFault(rules, 'guest', { ...photo, size: 2048 })).toBeUndefined()
    expect(announcementFault(rules, 'guest', { ...photo, size: 2049 })).toBe('size')
    expect(sizeFault(0, 1024)).toBe('empty')
  })
})

test.each([
  ['Image/PNG', 'image/png'],
  ['image/jpg', 'image/jpeg'],
  ['text/plain; charset=utf-8', 'text/plain'],
  ['', 'application/octet-stream'],
  ['nonsense', 'application/octet-stream'],
  ['text/html\r\nset-cookie: a=b', 'application/octet-stream'],
])('the type %j is read as %s', (text, mediaType) => {
  expect(normalMediaType(text)).toBe(mediaType)
})
