import type {
  Agent,
  AgentChanges,
  AgentRegistration,
  ClientChanges,
  ClientRegistration,
  Deployment,
  DeploymentSettings,
  OAuthClient,
  OAuthClientWithSecret,
  SignedInAgent,
} from '@beckon/protocol'
import { path } from './json-caller.ts'
import type { JsonCaller } from './json-caller.ts'
import type { Page, Paged } from './page.ts'
import type { CallOptions } from './transport.ts'

/** Deployments, OAuth clients and agents: the administration. */
export interface AdministrationCalls {
  /** Scope `deployments:write`, as for the four below. */
  readonly createDeployment: (
    settings: DeploymentSettings & { readonly name: string },
    options?: CallOptions,
  ) => Promise<Deployment>
  /** Every site or brand that embeds the widget. */
  readonly listDeployments: (options?: CallOptions) => Paged<Page<Deployment>, Deployment>
  /** One deployment with all its settings. */
  readonly getDeployment: (deploymentId: string, options?: CallOptions) => Promise<Deployment>
  /** Changes settings; what is left out stays. */
  readonly updateDeployment: (
    deploymentId: string,
    settings: DeploymentSettings,
    options?: CallOptions,
  ) => Promise<Deployment>
  /** Removes a deployment. */
  readonly deleteDeployment: (deploymentId: string, options?: CallOptions) => Promise<void>
  /**
   * A client for one of your programs. Its secret is in this answer and in no other. Scope `oauth:clients:write`, as below.
   * @example const { id, secret } = await beckon.createClient({ name: 'CRM', scopes: ['messaging:contact:write'] })
   */
  readonly createClient: (registration: ClientRegistration, options?: CallOptions) => Promise<OAuthClientWithSecret>
  /** Every client, without secrets. */
  readonly listClients: (options?: CallOptions) => Paged<Page<OAuthClient>, OAuthClient>
  /** One client, without its secret. */
  readonly getClient: (clientId: string, options?: CallOptions) => Promise<OAuthClient>
  /** Changes a client. Scopes taken away are gone from its living tokens too. */
  readonly updateClient: (clientId: string, changes: ClientChanges, options?: CallOptions) => Promise<OAuthClient>
  /** Removes a client; its tokens end at once. */
  readonly deleteClient: (clientId: string, options?: CallOptions) => Promise<void>
  /** A new secret for a client; the old one ends. */
  readonly rotateClientSecret: (clientId: string, options?: CallOptions) => Promise<OAuthClientWithSecret>
  /** Adds a person who answers at the desk. Scope `agents:write`, as below. */
  readonly createAgent: (registration: AgentRegistration, options?: CallOptions) => Promise<Agent>
  /** Everybody who answers at the desk. */
  readonly listAgents: (options?: CallOptions) => Paged<Page<Agent>, Agent>
  /** One agent. */
  readonly getAgent: (agentId: string, options?: CallOptions) => Promise<Agent>
  /** Changes an agent. A new password ends their desk sessions. */
  readonly updateAgent: (agentId: string, changes: AgentChanges, options?: CallOptions) => Promise<Agent>
  /** Removes an agent; what they wrote stays. */
  readonly deleteAgent: (agentId: string, options?: CallOptions) => Promise<void>
  /** Signs an agent in at the desk: sets the browser's cookie. For browsers. */
  readonly loginAgent: (
    login: { readonly name: string; readonly password: string },
    options?: CallOptions,
  ) => Promise<SignedInAgent>
  /** Ends the desk session of this browser. */
  readonly logoutAgent: (options?: CallOptions) => Promise<void>
  /** Who is signed in in this browser. */
  readonly getCurrentAgent: (options?: CallOptions) => Promise<SignedInAgent>
}

const deployments = '/api/v2/deployments'
const clients = '/api/v2/oauth/clients'
const agents = '/api/v2/agents'

export function createAdministrationCalls({ get, list, post, patch, remove }: JsonCaller): AdministrationCalls {
  return {
    createDeployment: (settings, options) => post(deployments, settings, options),
    listDeployments: (options) => list(deployments, options),
    getDeployment: (id, options) => get(deployments + path`/${id}`, options),
    updateDeployment: (id, settings, options) => patch(deployments + path`/${id}`, settings, options),
    deleteDeployment: (id, options) => remove(deployments + path`/${id}`, options),
    createClient: (registration, options) => post(clients, registration, options),
    listClients: (options) => list(clients, options),
    getClient: (id, options) => get(clients + path`/${id}`, options),
    updateClient: (id, changes, options) => patch(clients + path`/${id}`, changes, options),
    deleteClient: (id, options) => remove(clients + path`/${id}`, options),
    rotateClientSecret: (id, options) => post(clients + path`/${id}/secret`, {}, options),
    createAgent: (registration, options) => post(agents, registration, options),
    listAgents: (options) => list(agents, options),
    getAgent: (id, options) => get(agents + path`/${id}`, options),
    updateAgent: (id, changes, options) => patch(agents + path`/${id}`, changes, options),
    deleteAgent: (id, options) => remove(agents + path`/${id}`, options),
    loginAgent: (login, options) => post(`${agents}/login`, login, options),
    logoutAgent: (options) => post(`${agents}/logout`, undefined, options),
    getCurrentAgent: (options) => get(`${agents}/me`, options),
  }
}
