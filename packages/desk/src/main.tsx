import './desk.css'
import { createRoot } from 'react-dom/client'
import { createSystemDesk } from './system-desk.ts'
import { App } from './view/app.tsx'

const place = document.getElementById('desk')
if (place !== null) createRoot(place).render(<App desk={createSystemDesk()} />)
