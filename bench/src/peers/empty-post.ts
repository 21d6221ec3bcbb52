import { fastify } from 'fastify'

/** The limit for any JSON API on Fastify: a POST whose body is parsed and whose answer says nothing. */
const app = fastify()
app.post('/empty', (_request, reply) => reply.code(202).send({}))
const url = await app.listen({ host: '127.0.0.1', port: 0 })
console.log(JSON.stringify({ ready: true, url, pid: process.pid }))
process.on('SIGTERM', () => { void app.close() })
