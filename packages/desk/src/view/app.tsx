import { useEffect } from 'react'
import { DeskContext, useDesk, useDeskState } from './desk-context.ts'
import { SignIn } from './sign-in.tsx'
import { Workplace } from './workplace.tsx'
import type { ReactNode } from 'react'
import type { Desk } from '../state/desk.ts'

/** How often the clocks on the page move. */
const tickMs = 5_000

export function App({ desk }: { readonly desk: Desk }): ReactNode {
  return (
    <DeskContext value={desk}>
      <Entrance />
    </DeskContext>
  )
}

function Entrance(): ReactNode {
  const desk = useDesk()
  const { phase } = useDeskState()

  useEffect(() => {
    void desk.start()
    const clock = setInterval(desk.tick, tickMs)
    window.addEventListener('popstate', desk.followAddress)
    return () => {
      clearInterval(clock)
      window.removeEventListener('popstate', desk.followAddress)
    }
  }, [desk])

  if (phase === 'starting') return <main className="starting" aria-busy="true"><h1 className="visually-hidden">Beckon desk</h1></main>
  return phase === 'signedOut' ? <SignIn /> : <Workplace />
}
