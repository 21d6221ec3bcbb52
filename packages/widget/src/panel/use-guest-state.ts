import type { Guest, GuestState } from '@beckon/client'
import { useEffect, useState } from 'preact/hooks'

export function useGuestState(guest: Guest): GuestState {
  const [state, setState] = useState(guest.state)
  useEffect(() => {
    setState(guest.state())
    return guest.subscribe(setState)
  }, [guest])
  return state
}
