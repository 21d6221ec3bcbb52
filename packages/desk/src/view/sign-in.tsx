import { useState } from 'react'
import { useDesk, useDeskState } from './desk-context.ts'
import type { FormEvent, ReactNode } from 'react'

export function SignIn(): ReactNode {
  const desk = useDesk()
  const { signInFailure = '' } = useDeskState()
  const [isBusy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    setBusy(true)
    await desk.signIn(fieldOf(fields, 'name'), fieldOf(fields, 'password'))
    setBusy(false)
  }

  return (
    <main className="sign-in">
      <form className="card" onSubmit={(event) => void submit(event)}>
        <h1>
          <span className="brand-mark" aria-hidden="true" />
          Beckon desk
        </h1>
        <label>
          Name
          <input name="name" autoComplete="username" required defaultValue="" />
        </label>
        <label>
          Password
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <p role="alert" className="failure">{signInFailure}</p>
        <button type="submit" className="primary" disabled={isBusy}>{isBusy ? 'Signing in…' : 'Sign in'}</button>
      </form>
    </main>
  )
}

function fieldOf(fields: FormData, name: string): string {
  const value = fields.get(name)
  return typeof value === 'string' ? value : ''
}
