import { adoptSheet } from '../../loader/adopt-sheet.ts'
import css from './files.css'

const dressed = new WeakSet<Node>()

/** The looks of files come with the first view that shows one. */
export function dress(view: Element | null): void {
  const root = view?.getRootNode()
  if (!(root instanceof ShadowRoot) || dressed.has(root)) return
  dressed.add(root)
  adoptSheet(root, css)
}
