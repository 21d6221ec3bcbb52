export { App } from './view/app.tsx'
export { createDesk } from './state/desk.ts'
