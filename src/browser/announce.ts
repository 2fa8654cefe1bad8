let region: HTMLElement | undefined;

/** Says a sentence to screen readers without moving anybody. */
export function announce(text: string): void {
  if (region === undefined || !region.isConnected) {
    region = document.createElement('div');
    region.className = 'kern-sr-only';
    region.setAttribute('role', 'status');
    document.body.append(region);
  }
  region.textContent = '';
  // Readers only speak what changes while they listen.
  const target = region;
  setTimeout(() => (target.textContent = text), 60);
}
