import { expect, test } from 'vitest'
import { launcherName } from './launcher-words.ts'

test('the launcher says what it does and how much is unread', () => {
  expect(launcherName('en-GB', false, 0)).toBe('Open chat')
  expect(launcherName('en-GB', false, 1)).toBe('Open chat, 1 unread message')
  expect(launcherName('en-GB', false, 12)).toBe('Open chat, 12 unread messages')
  expect(launcherName('en-GB', true, 12)).toBe('Close chat')
})

test('it says so in the language of the page, with the plural that the language asks for', () => {
  expect(launcherName('de', false, 1)).toBe('Chat öffnen, 1 ungelesene Nachricht')
  expect(launcherName('ar', false, 2)).toBe('فتح المحادثة, رسالتان غير مقروءتين')
  expect(launcherName('ar', false, 5)).toBe('فتح المحادثة, 5 رسائل غير مقروءة')
})

test('a language that is not spoken here is answered in English', () => {
  expect(launcherName('tlh', false, 0)).toBe('Open chat')
})
