import type { FileToAttach, GuestFailure, GuestFile, SentFile } from '../guest.ts'
import type { GuestSurroundings } from '../guest-surroundings.ts'
import type { AddressFrame, FileRefusedFrame, RefusalFrame } from '../wire/read-frame.ts'
import type { UploadFile } from './upload-file.ts'

/** The files that wait to be sent: announced, uploaded one beside the other, and handed to a message. */
export interface Files {
  readonly all: () => readonly GuestFile[]
  readonly add: (file: FileToAttach) => string
  readonly retry: (fileId: string) => void
  readonly remove: (fileId: string) => void
  /** Takes those of them that are ready off the tray, for a message. */
  readonly take: (fileIds: readonly string[]) => readonly SentFile[]
  /** A fresh address of a file in the log; undefined when there is none to be had now. */
  readonly freshUrl: (id: string) => Promise<string | undefined>
  readonly online: () => void
  readonly offline: () => void
  readonly addressed: (frame: AddressFrame) => void
  readonly refusedFile: (frame: FileRefusedFrame) => void
  /** True when the refusal was about a file. */
  readonly refused: (refusal: RefusalFrame) => boolean
  readonly clear: () => void
}

export interface FilesDeps {
  readonly surroundings: GuestSurroundings
  readonly upload: UploadFile
  /** False when it could not be sent. */
  readonly announce: (attachmentId: string, file: FileToAttach) => boolean
  readonly ask: (attachmentId: string, tracingId: string) => boolean
  readonly takeBack: (attachmentId: string) => boolean
  readonly changed: () => void
}

interface Item {
  readonly file: FileToAttach
  readonly shown: GuestFile
  /** The server's name for this try. */
  readonly attachmentId: string
  /** Announced, and without an address yet. */
  readonly isAwaited: boolean
  readonly stop: AbortController
}

interface Tray {
  readonly deps: FilesDeps
  items: readonly Item[]
  readonly asked: Map<string, (url: string | undefined) => void>
}

export function createFiles(deps: FilesDeps): Files {
  const tray: Tray = { deps, items: [], asked: new Map() }
  return {
    all: () => tray.items.map(({ shown }) => shown),
    add: (file) => add(tray, file),
    retry: (fileId) => {
      const item = find(tray, fileId)
      if (item) announce(tray, item)
    },
    remove: (fileId) => {
      const item = find(tray, fileId)
      tray.items = tray.items.filter((one) => one !== item)
      item?.stop.abort()
      if (item !== undefined) deps.takeBack(item.attachmentId)
      deps.changed()
    },
    take: (fileIds) => take(tray, fileIds),
    freshUrl: (id) => freshUrl(tray, id),
    online: () => {
      for (const item of tray.items) if (item.isAwaited) announce(tray, item)
    },
    offline: () => {
      for (const settle of tray.asked.values()) settle(undefined)
      tray.asked.clear()
    },
    addressed: (frame) => addressed(tray, frame),
    refusedFile: ({ attachmentId, code, detail }) => fail(tray, attachmentId, { code, detail }),
    refused: (refusal) => refused(tray, refusal),
    clear: () => {
      for (const { stop } of tray.items) stop.abort()
      tray.items = []
    },
  }
}

function add(tray: Tray, file: FileToAttach): string {
  const fileId = tray.deps.surroundings.newId()
  const shown: GuestFile = { fileId, name: file.name, type: file.type, size: file.body.size, body: file.body, status: 'uploading', progress: 0, problem: undefined }
  const item = { file, shown, attachmentId: '', isAwaited: true, stop: new AbortController() }
  tray.items = [...tray.items, item]
  announce(tray, item)
  return fileId
}

/** Each try has a name of its own: the server is done with that of a failed one. */
function announce(tray: Tray, item: Item): void {
  const attachmentId = tray.deps.surroundings.newId()
  put(tray, item, { attachmentId, isAwaited: true, stop: new AbortController(), shown: { ...item.shown, status: 'uploading', progress: 0, problem: undefined } })
  tray.deps.announce(attachmentId, item.file)
  tray.deps.changed()
}

function addressed(tray: Tray, { tracingId, attachmentId, url, headers }: AddressFrame): void {
  const settle = tray.asked.get(tracingId ?? '')
  if (settle) {
    tray.asked.delete(tracingId ?? '')
    return settle(url)
  }
  const item = tray.items.find((one) => one.attachmentId === attachmentId)
  if (item?.isAwaited) void upload(tray, put(tray, item, { isAwaited: false }), url, headers)
}

async function upload(tray: Tray, { attachmentId, file, stop }: Item, url: string, headers: AddressFrame['headers']): Promise<void> {
  const status = await tray.deps
    .upload({
      url,
      headers: { ...headers, 'content-type': file.type },
      body: file.body,
      signal: stop.signal,
      onProgress: (progress) => show(tray, attachmentId, { progress }),
    })
    .catch(() => 0)
  if (status >= 200 && status < 300) return show(tray, attachmentId, { status: 'ready', progress: 1 })
  fail(tray, attachmentId, { code: status, detail: 'the upload failed' })
}

/** The first word counts: the socket says what is wrong with a file, HTTP only that something is. */
function fail(tray: Tray, attachmentId: string, problem: GuestFailure): void {
  const item = tray.items.find((one) => one.attachmentId === attachmentId)
  if (item === undefined || (item.shown.status === 'failed' && problem.code < 4000)) return
  item.stop.abort()
  put(tray, item, { isAwaited: false })
  show(tray, attachmentId, { status: 'failed', problem })
}

function refused(tray: Tray, { tracingId = '', code, detail }: RefusalFrame): boolean {
  const settle = tray.asked.get(tracingId)
  settle?.(undefined)
  tray.asked.delete(tracingId)
  const isOurs = tray.items.some((one) => one.attachmentId === tracingId)
  if (isOurs) fail(tray, tracingId, { code, detail })
  return isOurs || settle !== undefined
}

function take(tray: Tray, fileIds: readonly string[]): readonly SentFile[] {
  const taken = tray.items.filter(({ shown }) => fileIds.includes(shown.fileId) && shown.status === 'ready')
  tray.items = tray.items.filter((item) => !taken.includes(item))
  return taken.map(({ attachmentId: id, shown: { name, type, size } }) => ({ id, name, type, size }))
}

function freshUrl(tray: Tray, id: string): Promise<string | undefined> {
  const tracingId = tray.deps.surroundings.newId()
  if (!tray.deps.ask(id, tracingId)) return Promise.resolve(undefined)
  return new Promise((settle) => tray.asked.set(tracingId, settle))
}

function find(tray: Tray, fileId: string): Item | undefined {
  return tray.items.find(({ shown }) => shown.fileId === fileId)
}

function put(tray: Tray, item: Item, change: Partial<Item>): Item {
  const changed = { ...item, ...change }
  tray.items = tray.items.map((one) => (one.shown.fileId === item.shown.fileId ? changed : one))
  return changed
}

function show(tray: Tray, attachmentId: string, change: Partial<GuestFile>): void {
  const item = tray.items.find((one) => one.attachmentId === attachmentId)
  if (item === undefined) return
  put(tray, item, { shown: { ...item.shown, ...change } })
  tray.deps.changed()
}
