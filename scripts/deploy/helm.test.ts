import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { fetchedHelm } from '../setup/helm.mjs'
import { deployFolder, settingsOf } from './deployed-settings.ts'
import { faultsOf, type Manifest } from './typed-manifests.ts'

interface Probe {
  readonly httpGet: { readonly path: string }
}

interface Container {
  readonly env: readonly { readonly name: string; readonly value: string }[]
  readonly startupProbe: Probe
  readonly livenessProbe: Probe
  readonly readinessProbe: Probe
  readonly resources: { readonly limits: object; readonly requests: object }
  readonly securityContext: object
}

interface Deployment extends Manifest {
  readonly spec: { readonly replicas?: number; readonly template: { readonly metadata: { readonly labels: Readonly<Record<string, string>> }; readonly spec: { readonly terminationGracePeriodSeconds: number; readonly containers: readonly [Container] } } }
}

const run = promisify(execFile)
const chart = join(deployFolder, 'helm/beckon')
const helm = (...args: readonly string[]) => run(process.env['BECKON_TEST_HELM'] ?? fetchedHelm, [...args], { env: { PATH: process.env['PATH'] ?? '', HELM_CACHE_HOME: '/tmp', HELM_CONFIG_HOME: '/tmp', HELM_DATA_HOME: '/tmp' } })

async function render(...settings: readonly string[]): Promise<readonly Manifest[]> {
  const { stdout } = await helm('template', 'chat', chart, ...settings.flatMap((one) => ['--set', one]))
  return parseAllDocuments(stdout).map((document) => document.toJS() as Manifest | null).filter((one) => one !== null)
}

let manifests: readonly Manifest[]
beforeAll(async () => {
  manifests = await render()
}, 30_000)

const ofKind = <T extends Manifest>(kind: string): readonly T[] => manifests.filter((one): one is T => one.kind === kind)

describe('the chart', () => {
  test('has no fault that Helm finds', async () => {
    const { stdout } = await helm('lint', '--strict', chart)
    expect(stdout).toContain('0 chart(s) failed')
  }, 30_000)

  test('renders what the Kubernetes API takes, with everything switched on and everything switched off', { timeout: 60_000 }, async () => {
    const bare = await render('ingress.enabled=false', 'networkPolicy.enabled=false', 'web.autoscaling.enabled=false', 'preStopSeconds=0', 'imagePullSecrets[0].name=registry', 'nodeSelector.disk=ssd')

    expect(faultsOf(manifests)).toEqual([])
    expect(faultsOf(bare)).toEqual([])
    expect(bare.map(({ kind }) => kind).toSorted()).toEqual(['ConfigMap', 'Deployment', 'Deployment', 'PodDisruptionBudget', 'PodDisruptionBudget', 'Service'])
    expect(new Set(manifests.map(({ kind }) => kind))).toEqual(new Set(['ConfigMap', 'Deployment', 'PodDisruptionBudget', 'Service', 'Ingress', 'NetworkPolicy', 'HorizontalPodAutoscaler']))
  })

  test('would be found wrong with a field that the API does not know', { timeout: 60_000 }, () => {
    const [first, ...rest] = ofKind<Deployment>('Deployment')
    const wrong = { ...first, spec: { ...first?.spec, replica: 3 } } as unknown as Manifest
    expect(faultsOf([...rest, wrong])).toEqual([expect.stringContaining('"replica"')])
  })

  test('refuses values that are none of its own', { timeout: 30_000 }, async () => {
    await expect(render('web.replica=3')).rejects.toThrow(/replica/)
    await expect(render('settings.LOG_LEVEL=info')).rejects.toThrow(/LOG_LEVEL/)
  })

  test('gives every role settings that the server takes', () => {
    const [settings] = ofKind<Manifest & { readonly data: Readonly<Record<string, string>> }>('ConfigMap')
    for (const { spec } of ofKind<Deployment>('Deployment')) {
      const own = Object.fromEntries(spec.template.spec.containers[0].env.map(({ name, value }) => [name, value]))
      const { settings: read, warnings } = settingsOf({ ...settings?.data, ...own })
      expect(warnings).toEqual([])
      expect(read).toMatchObject({ role: spec.template.metadata.labels['app.kubernetes.io/component'], databaseUrl: expect.any(String), natsUrl: expect.any(String), attachmentsUrl: { kind: 's3' } })
      expect(spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(read.drainSeconds + 5)
    }
  })

  test('asks the real health routes, limits what a pod may take, and leads callers to those that serve them', () => {
    const deployments = ofKind<Deployment>('Deployment')
    expect(deployments.map(({ metadata }) => metadata.name)).toEqual(['chat-web', 'chat-worker'])
    for (const { spec } of deployments) {
      const [container] = spec.template.spec.containers
      expect([container.startupProbe, container.livenessProbe, container.readinessProbe].map(({ httpGet }) => httpGet.path)).toEqual(['/livez', '/livez', '/readyz'])
      expect(container).toMatchObject({ resources: { limits: { memory: expect.any(String) } }, securityContext: { readOnlyRootFilesystem: true } })
    }
    const [service] = ofKind<Manifest & { readonly spec: object }>('Service').filter(({ metadata }) => metadata.name === 'chat')
    expect(service?.spec).toMatchObject({ selector: { 'app.kubernetes.io/component': 'web' } })
  })
})
