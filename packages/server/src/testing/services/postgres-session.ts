import { Client, type ClientConfig } from 'pg'

/** A connection of a test's own, beside those of the program that it tests. */
export async function openSession(url: string, settings: ClientConfig = {}): Promise<Client & AsyncDisposable> {
  const client = new Client({ connectionString: url, ...settings })
  // Tests break connections on purpose; a statement on a broken one still fails.
  client.on('error', () => undefined)
  await client.connect()
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}

/** The rows of one statement, asked on a connection that lasts no longer. */
export async function ask<Row extends object = Record<string, unknown>>(url: string, sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
  await using session = await openSession(url)
  return (await session.query<Row & Record<string, unknown>>(sql, [...values])).rows
}
