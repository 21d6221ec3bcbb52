// Who may import whom. Rooms are folders; a rule says what the files of one room may reach. Tests stand beside the code they test and may use
// the testing kit, so most rules leave them (and the rigs in folders called `testing`) out; `tests-stay-in-their-package` takes care of them.
const test = String.raw`\.test\.tsx?$`
const rig = '^packages/.+/testing/'
const core = '^packages/core/src/'
const server = '^packages/server/src/'
const frontDoor = (...packages) => `^packages/(${packages.join('|')})/src/index\\.ts$`
/** A door of its own, so that pages fetch what is behind it only when somebody signs in. */
const identityDoor = '^packages/client/src/guest/identity\\.ts$'
/** What a node is made of, for who puts one together on engines of its own. */
const partsDoor = `${server}compose/parts\\.ts$`
const kit = '^packages/core/src/testing/index\\.ts$'
const contracts = '^packages/core/src/testing/contracts/[^/]+\\.contract\\.ts$'

/** Files of a room reach, among our own files, nothing but what is named. */
const reach = (name, room, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: room, pathNot: [test, rig] },
  to: { path: '^(packages|bench|conformance|simulation)/', pathNot: ['/node_modules/', ...allowed] },
})

/** A library is known in the named places only. */
const knownOnlyIn = (name, library, places, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^packages/', pathNot: [test, rig, '^packages/[^/]+/tests/', ...places] },
  to: { path: library },
})

export default {
  forbidden: [
    reach('domain-is-alone', `${core}domain/`, [`${core}domain/`], 'The domain imports nothing but the domain.'),
    reach('ports-speak-domain', `${core}ports/`, [`${core}(domain|ports)/`], 'A port is written in domain words.'),
    reach('commands-see-ports', `${core}application/`, [`${core}(domain|ports|application)/`], 'Use cases know ports, never what implements them.'),
    reach('core-is-alone', core, [core], 'The core knows no other package.'),
    {
      name: 'core-has-no-libraries',
      comment: 'The core runs anywhere: no npm package, nothing of Node. Tests and the testing kit may use the test runner.',
      severity: 'error',
      from: { path: core, pathNot: [test, rig] },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'core'] },
    },
    reach('protocol-is-alone', '^packages/protocol/src/', ['^packages/protocol/'], 'The wire depends on nothing of ours.'),
    {
      name: 'protocol-knows-one-library',
      comment: 'The wire runs anywhere: the schema library and nothing else.',
      severity: 'error',
      from: { path: '^packages/protocol/src/', pathNot: test },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'core'], pathNot: '/node_modules/typebox/|^node_modules/typebox/' },
    },
    reach(
      'adapter-sees-core',
      `${server}adapters/([^/]+)/`,
      [frontDoor('core'), `${server}adapters/($1|sql|wire)/`, `${server}observability/`],
      'An adapter knows the ports, itself and what databases and wires share; never another adapter or an edge.',
    ),
    reach(
      'edge-sees-core-and-protocol',
      `${server}edges/([^/]+)/`,
      [frontDoor('core', 'protocol'), `${server}edges/($1|shared)/`, `${server}observability/`],
      'An edge translates between the wire and the core; never an adapter or another edge.',
    ),
    reach('worker-sees-core', `${server}worker/`, [frontDoor('core'), `${server}(worker|observability)/`], 'The worker knows the core by its front door.'),
    reach('foundations-are-alone', `${server}(config|observability)/`, [frontDoor('core'), `${server}$1/`], 'Settings and observation know no other room.'),
    {
      name: 'only-compose-knows-adapters',
      comment: 'Which adapter is which is decided in one place.',
      severity: 'error',
      from: { path: server, pathNot: [test, rig, `${server}(compose|adapters)/`] },
      to: { path: `${server}adapters/` },
    },
    {
      name: 'only-compose-knows-config',
      comment: 'Everyone else is handed the values it needs.',
      severity: 'error',
      from: { path: server, pathNot: [test, rig, `${server}(compose|config)/`, `${server}index\\.ts$`] },
      to: { path: `${server}config/` },
    },
    reach('client-sees-protocol', '^packages/client/src/', [frontDoor('protocol'), '^packages/client/src/'], 'The SDK knows the wire.'),
    reach('browser-sees-client', '^packages/(widget|desk)/(src|demo)/', [frontDoor('client', 'protocol'), identityDoor, '^packages/$1/'], 'What runs in a page uses the SDK, like anybody else.'),
    reach('cli-by-the-front-doors', '^packages/cli/src/', [frontDoor('core', 'protocol', 'client', 'server'), '^packages/cli/src/'], 'The command line uses front doors.'),
    reach('bench-by-the-front-doors', '^bench/', ['^bench/', '^packages/[^/]+/src/index\\.ts$', kit], 'Measurements use what everybody can use.'),
    reach('simulation-assembles-nodes', '^simulation/', ['^simulation/', '^packages/[^/]+/src/index\\.ts$', kit, partsDoor, `${server}testing/services/`], 'Simulations put nodes together from the parts that the server hands out; chaos needs databases of its own.'),
    reach('conformance-is-alone', '^conformance/', ['^conformance/'], 'What judges the server from outside must not have read it: nothing of ours, not even the wire.'),
    {
      name: 'conformance-knows-one-library',
      comment: 'A socket and Node: whoever takes the suite to another server takes nothing else along.',
      severity: 'error',
      from: { path: '^conformance/src/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'], pathNot: '/node_modules/(@types/)?ws/|^node_modules/(@types/)?ws/' },
    },
    {
      name: 'nothing-imports-a-workshop',
      comment: 'Measurements and simulations look at the product; the product does not know them.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(bench|conformance|simulation|scripts)/' },
    },
    {
      name: 'tests-stay-in-their-package',
      comment: 'A test reaches other packages by the front door only.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: ['/node_modules/', '^packages/$1/', '^packages/[^/]+/src/index\\.ts$', identityDoor, kit, contracts] },
    },
    {
      name: 'whole-server-tests-by-the-front-door',
      comment: 'Tests of the whole server see what a guest, an agent or a backend sees; the databases they need are no part of it.',
      severity: 'error',
      from: { path: '^packages/server/tests/' },
      to: { path: server, pathNot: [`${server}index\\.ts$`, `${server}testing/services/`] },
    },
    {
      name: 'testing-only-in-tests',
      severity: 'error',
      from: { path: '^packages/', pathNot: [test, rig, '^packages/[^/]+/tests/', '\\.contract\\.ts$'] },
      to: { path: rig },
    },
    {
      name: 'code-does-not-import-tests',
      severity: 'error',
      from: { pathNot: [test, '^packages/[^/]+/tests/'] },
      to: { path: [test, '^packages/[^/]+/tests/'] },
    },
    knownOnlyIn('sqlite-in-its-adapter', '^(node:)?sqlite$', [`${server}adapters/(sqlite/|system/data-dir-lock\\.ts$)`], 'Only the adapter speaks to the database.'),
    knownOnlyIn('signatures-in-their-adapter', 'node_modules/file-type/', [`${server}adapters/media-probe/`], 'One place knows what bytes look like.'),
    knownOnlyIn('buckets-in-their-adapter', 'node_modules/aws4fetch/', [`${server}adapters/s3-attachments/`], 'One place speaks to buckets.'),
    knownOnlyIn('nats-in-its-adapter', 'node_modules/@nats-io/', [`${server}adapters/nats/`], 'One place speaks to NATS.'),
    knownOnlyIn('http-at-the-edges', 'node_modules/(fastify|@fastify)/', [`${server}(edges|compose)/`], 'Only the edges know HTTP.'),
    knownOnlyIn('sockets-at-the-edges', 'node_modules/ws/', [`${server}edges/`, `${server}compose/`, '^packages/client/src/'], 'Only the guest edge and the SDK speak WebSocket.'),
    knownOnlyIn('log-and-metrics-in-observability', 'node_modules/(pino|prom-client)/', [`${server}(observability|compose)/`], 'One place decides how we log and count.'),
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'no-orphans',
      comment: 'A file nobody imports and that is not a way in.',
      severity: 'error',
      from: { orphan: true, pathNot: [test, '(^|/)(main|index|build)\\.tsx?$', '\\.d\\.ts$', '^(bench|scripts)/', '\\.config\\.ts$', '^packages/[^/]+/(tests|demo)/'] },
      to: {},
    },
    {
      name: 'declared-dependencies',
      comment: 'Hoisting makes undeclared packages work by accident. What only tests and builds use is declared once, at the root.',
      severity: 'error',
      from: { path: '^packages/', pathNot: [test, rig, '^packages/[^/]+/tests/', '/build\\.ts$', '\\.contract\\.ts$'] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/dist/|^data/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'], extensions: ['.ts', '.tsx', '.mjs', '.js'] },
  },
}
