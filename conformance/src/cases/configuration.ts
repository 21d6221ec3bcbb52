import { section } from '../run/case.ts'
import { aCount, aFlag, anyText, aText, expectShape, expectThat } from '../run/expect.ts'
import { within } from '../wire/guest.ts'
import { at, listAt, textAt, type Json } from '../wire/json.ts'
import type { World } from '../run/world.ts'

const configPath = (id: string): string => `/webdeployments/v1/deployments/${id}/config.json`
const domainsPath = (id: string): string => `/webdeployments/v1/deployments/${id}/domains.json`

async function configOf({ http, deploymentId }: World, id = deploymentId): Promise<Json> {
  const { status, body } = await http(configPath(id))
  expectShape('config.json', { status, body }, { status: 200, body: {} })
  return { body }
}

const onOrOff = (value: unknown): boolean => value === undefined || value === 'On' || value === 'Off' || value === 'OnDemand'
const oneOf = (...names: readonly string[]) => (value: unknown): boolean => value === undefined || (typeof value === 'string' && names.includes(value))

export const configuration = [
  ...section('4.11', {
    'config.json has every field that the mobile clients cannot do without': async (world) => {
      const required = {
        id: world.deploymentId, version: aText, languages: [aText], defaultLanguage: aText, apiEndpoint: aText, status: 'Active',
        auth: { enabled: aFlag },
        journeyEvents: { enabled: aFlag },
        messenger: { enabled: aFlag, apps: { conversations: { messagingEndpoint: aText } }, styles: { primaryColor: anyText }, launcherButton: { visibility: onOrOff }, fileUpload: {} },
      }
      expectShape('config.json', at(await configOf(world), 'body'), required)
    },
    'the default language is one of the languages': async (world) => {
      const body = at(await configOf(world), 'body')
      expectThat('the default among the languages', listAt(body, 'languages').includes(at(body, 'defaultLanguage')), body)
    },
    'enumerations hold only what clients decode': async (world) => {
      const conversations = { conversationDisconnect: optional('type', oneOf('ReadOnly', 'Send')), notifications: optional('notificationContentType', oneOf('IncludeMessagesContent', 'ExcludeMessagesContent')) }
      expectShape('conversations', at(await configOf(world), 'body.messenger.apps.conversations'), conversations)
    },
    'each mode of upload has its size': async (world) => {
      const modes = listAt(await configOf(world), 'body.messenger.fileUpload.modes')
      expectThat('a whole number as maxFileSizeKB of each', modes.every((mode) => Number.isInteger(at(mode, 'maxFileSizeKB'))), modes)
    },
    'a socket opens at the messagingEndpoint': async (world) => {
      const endpoint = textAt(await configOf(world), 'body.messenger.apps.conversations.messagingEndpoint')
      expectThat('an address of a socket', /^wss?:\/\//.test(endpoint), endpoint)
      const address = new URL(endpoint)
      expectThat('no path that clients would not know of', address.pathname === '/' || address.pathname === '', endpoint)
      await world.enter()
    },
    'the apiEndpoint is an HTTP address': async (world) => {
      const endpoint = textAt(await configOf(world), 'body.apiEndpoint')
      expectThat('an HTTP address', /^https?:\/\//.test(endpoint), endpoint)
    },
    'a deployment that clears says so': async (world) => {
      for (const clear of [true, false]) {
        const config = await configOf(world, await world.deploymentWith({ clear }))
        expectShape('conversationClear', at(config, 'body.messenger.apps.conversations'), { conversationClear: { enabled: clear } })
      }
    },
    'a deployment whose ended conversations are read-only says so': async (world) => {
      const config = await configOf(world, await world.deploymentWith({ disconnect: 'ReadOnly' }))
      expectShape('conversationDisconnect', at(config, 'body.messenger.apps.conversations'), { conversationDisconnect: { enabled: true, type: 'ReadOnly' } })
    },
    'the configuration of an unknown deployment is 403, not 404': async ({ http }) => {
      const { status } = await http(configPath('00000000-0000-4000-8000-00000000dead'))
      expectThat('403', status === 403, status)
    },
    'domains.json says whether all are allowed, and which': async ({ http, deploymentId }) => {
      const { status, body } = await http(domainsPath(deploymentId))
      expectShape('domains.json', { status, body }, { status: 200, body: { allowAllDomains: aFlag, allowedDomains: [] } })
    },
    'domains.json names the allowed domains of a deployment': async ({ http, deploymentWith }) => {
      const { body } = await http(domainsPath(await deploymentWith({ allowedDomains: ['shop.example'] })))
      expectShape('domains.json', body, { allowAllDomains: false, allowedDomains: ['shop.example'] })
    },
  }),
  ...section('2.9', {
    'the configuration is served as a guest resource as well': async ({ http, deploymentId }) => {
      const { status, body } = await http(`/api/v2/webdeployments/deployments/${deploymentId}/configurations`)
      expectShape('the configuration', { status, body }, { status: 200, body: { deployment: {} } })
    },
    'a device is registered, changed and removed under the token in lower case': async ({ enter, http, deploymentId }) => {
      const guest = await enter({ token: crypto.randomUUID().toUpperCase() })
      const device = `/api/v2/webmessaging/deployments/${deploymentId}/pushdevices/${guest.token.toLowerCase()}`
      const json = { 'content-type': 'application/json' }
      const full = { deviceToken: 'fcm-abc', notificationProvider: 'FCM', language: 'nl-NL', deviceType: 'android' }
      for (const [method, body] of [['POST', full], ['PATCH', { deviceToken: 'fcm-def', language: 'nl-NL' }], ['DELETE', undefined]] as const) {
        const { status } = await http(device, { method, headers: json, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
        expectThat(`2xx for ${method}`, status >= 200 && status < 300, status)
      }
    },
    'a refusal of a device says message, code and status': async ({ enter, http, deploymentId }) => {
      const { token } = await enter()
      const answer = await http(`/api/v2/webmessaging/deployments/${deploymentId}/pushdevices/${token}`, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: '{}' })
      expectShape('the refusal', answer.body, { message: aText, code: aText, status: aCount })
    },
  }),
  ...section('1.1', {
    'a deployment’s configuration is read without signing in, from any page': async ({ http, deploymentId }) => {
      const { status } = await within({ patience: 10_000 }, 'an answer', http(configPath(deploymentId), { headers: { origin: 'https://anywhere.example' } }))
      expectThat('200', status === 200, status)
    },
  }),
]

/** Holds where the object is absent, or its field is as described. */
function optional(field: string, described: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || described(at(value, field))
}
