/** The business's own program: a token, and calls with it over real HTTP. */
export interface Backend {
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** The same, for calls that must succeed. */
  ask<T>(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<T>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

export interface ClientCredentials {
  readonly clientId: string
  readonly clientSecret: string
}

export async function aBackend(url: string, { clientId, clientSecret }: ClientCredentials): Promise<Backend> {
  const token = await issueToken(url, { clientId, clientSecret })
  const call: Backend['call'] = async (method, path, body, headers) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
  }
  return {
    call,
    async ask<T>(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) {
      const answer = await call(method, path, body, headers)
      if (answer.status >= 300) throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`)
      return answer.body as T
    },
  }
}

async function issueToken(url: string, { clientId, clientSecret }: ClientCredentials): Promise<string> {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  const answer = (await response.json()) as { access_token?: string }
  if (answer.access_token === undefined) throw new Error(`no token: ${response.status} ${JSON.stringify(answer)}`)
  return answer.access_token
}
