/** The one polite live region: says each new message once, and nothing else. */
export function createAnnouncer(root: ShadowRoot): (text: string) => void {
  const region = document.createElement('div')
  region.className = 'unseen'
  region.ariaLive = 'polite'
  root.append(region)
  return (text) => {
    region.textContent = text
  }
}
