/** The first letter of a name, for the round that stands for a person. */
export function initial(name: string): string {
  const [first = ''] = name.trim()
  return first.toUpperCase()
}
