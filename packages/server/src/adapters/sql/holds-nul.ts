/** Whether PostgreSQL refuses a parameter for the NUL in it. */
export function holdsNul(parameter: unknown): boolean {
  if (typeof parameter === 'string') return parameter.includes('\0')
  return Array.isArray(parameter) && parameter.some(holdsNul)
}
