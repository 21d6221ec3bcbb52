/** `340 kB`, `2.4 MB`, in the numbers and the unit of the language. */
export function sizeInWords(bytes: number, locale: string): string {
  const unit = bytes < 1_000_000 ? 'kilobyte' : 'megabyte'
  // The smallest file is not nothing.
  const count = Math.max(100, bytes) / (unit === 'kilobyte' ? 1000 : 1_000_000)
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: count < 10 ? 1 : 0 }).format(count)
}
