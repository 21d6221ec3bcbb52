/** How a deployment wants its messenger to look and speak. Everything has a default: the chat must work without it. */
export interface DeploymentLook {
  readonly title: string | undefined
  readonly greeting: string | undefined
  readonly color: string | undefined
  readonly position: string | undefined
}

type Fields = Readonly<Record<string, unknown>>

export async function fetchLook(server: string, deploymentId: string): Promise<DeploymentLook> {
  const address = `${server}/webdeployments/v1/deployments/${encodeURIComponent(deploymentId)}/config.json`
  try {
    return readLook(await (await fetch(address)).json())
  } catch {
    // The socket says clearly what is wrong, if anything is; looks alone are not worth an error.
    return readLook(undefined)
  }
}

function readLook(value: unknown): DeploymentLook {
  const beckon = fields(fields(value)['beckon'])
  return {
    title: text(beckon['title']),
    greeting: text(beckon['greeting']),
    color: text(beckon['primaryColor']),
    position: text(beckon['position']),
  }
}

function fields(value: unknown): Fields {
  return isFields(value) ? value : {}
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
