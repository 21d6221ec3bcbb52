import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readEventStream } from './event-stream.ts'

const wire = ': beat\r\n\r\nid: 7\nevent: message.created\ndata: {"a":\ndata: 1}\n\ndata\rdata:  two\r\r: beat\n\nevent: ignored\n\nid: 9\n\n'
const frames = [
  'heartbeat',
  { id: '7', event: 'message.created', data: '{"a":\n1}' },
  { event: 'message', data: '\n two' },
  'heartbeat',
  { id: '9', event: 'message', data: '' },
]

test('a stream reads the same however the network cuts it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(wire.length)), async (cuts) => {
      const bounds = [0, ...cuts.toSorted((a, b) => a - b), wire.length]
      const pieces = bounds.slice(1).map((end, index) => wire.slice(bounds[index], end))

      const read: unknown[] = []
      for await (const frame of readEventStream(flow(pieces))) read.push(frame)

      expect(read).toEqual(frames)
    }),
  )
})

async function* flow(pieces: readonly string[]): AsyncGenerator<string> {
  yield* pieces
}
