interface FileDrop {
  readonly onDragOver: (event: DragEvent) => void
  readonly onDrop: (event: DragEvent) => void
}

/** Takes files that are dropped anywhere on the panel; what else is dragged is left alone. The browser's cursor says which. */
export function fileDrop(attach: ((files: Iterable<File>) => void) | undefined): FileDrop {
  const take = (event: DragEvent): Iterable<File> => {
    if (attach === undefined || event.dataTransfer?.types.includes('Files') !== true) return []
    event.preventDefault()
    return event.dataTransfer.files
  }
  return { onDragOver: take, onDrop: (event) => attach?.(take(event)) }
}
