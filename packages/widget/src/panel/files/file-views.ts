export { FileTray } from './file-tray.tsx'
export { MessageFiles } from './message-files.tsx'
