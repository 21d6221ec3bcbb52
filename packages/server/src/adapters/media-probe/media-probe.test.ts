import { expect, test } from 'vitest'
import { createMediaProbe } from './media-probe.ts'

const probe = createMediaProbe()
const bytes = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const png = bytes('89504e470d0a1a0a 0000000d49484452 00000001000000010806000000 1f15c489')

test.each([
  ['a picture', png, 'image/png'],
  ['a JPEG', bytes('ffd8ffe000104a46494600010100000100010000'), 'image/jpeg'],
  ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj'), 'application/pdf'],
  ['a program for Windows', Buffer.concat([Buffer.from('MZ'), bytes('90000300000004000000ffff')]), 'application/x-msdownload'],
  ['a program for Linux', bytes('7f454c4602010100 0000000000000000'), 'application/x-elf'],
  ['a script', Buffer.from('#!/bin/sh\nrm -rf /\n'), 'application/x-executable'],
])('%s is known by its first bytes', async (_, head, mediaType) => {
  expect(await probe.look(head, 'image/png')).toMatchObject({ mediaType })
})

test('text is text in UTF-8, cut in two, in UTF-16 and in an old code page', async () => {
  const texts = [Buffer.from('Grüße'), Buffer.from('Grüße').subarray(0, 3), bytes('fffe47007200'), bytes('4772fc7365'), Buffer.from('a,b\r\n1,2\r\n')]

  for (const head of texts) expect(await probe.look(head, 'text/plain')).toMatchObject({ isText: true, isDeclaredKnown: false })
})

test('bytes that nobody knows are neither text nor a type', async () => {
  expect(await probe.look(bytes('0001020304050607'), 'application/octet-stream')).toMatchObject({ isText: false })
  expect(await probe.look(new Uint8Array(), 'image/png')).toEqual({ isText: true, isDeclaredKnown: true })
})

test('an archive that is cut off is unknown or what it is, never an error', async () => {
  const cut = bytes('504b0304140000000800 000021000000000000000000000000001300 0000')

  await expect(probe.look(cut, 'application/zip')).resolves.toBeDefined()
})
