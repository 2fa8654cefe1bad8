import { announce } from './announce.ts';
import { browserTexts } from './texts.ts';

/** Its worker speaks for the account's pages and for no others. */
const [WORKER, SCOPE] = ['/benachrichtigungen/push-worker.js', '/konto/'];

/** A button that lets this browser take notices of the city. Where a browser cannot, nothing appears. */
export class PushElement extends HTMLElement {
  connectedCallback(): void {
    if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window) || this.querySelector('button') !== null) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'kern-btn kern-btn--secondary';
    const label = document.createElement('span');
    label.className = 'kern-label';
    label.textContent = this.dataset['label'] ?? 'Push';
    button.append(label);
    button.addEventListener('click', () => void this.#subscribe(button));
    this.append(button);
  }

  async #subscribe(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== 'granted') throw new Refused(browserTexts().pushDenied);
      const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
      const key = Uint8Array.from(atob((this.dataset['key'] ?? '').replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
      const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
      await this.#keep(subscription.toJSON());
      location.assign(this.dataset['next'] ?? location.href);
    } catch (error) {
      this.#say(error instanceof Refused ? error.message : browserTexts().pushFailed);
      button.disabled = false;
      button.focus();
    }
  }

  async #keep({ endpoint, keys }: PushSubscriptionJSON): Promise<void> {
    const answer = await fetch('/api/account/notifications/push', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ endpoint, keys: { p256dh: keys?.['p256dh'], auth: keys?.['auth'] } }),
    });
    if (answer.ok) return;
    const detail = ((await answer.json().catch(() => null)) as { detail?: unknown } | null)?.detail;
    throw typeof detail === 'string' ? new Refused(detail) : new Error(String(answer.status));
  }

  #say(text: string): void {
    let line = this.querySelector('p');
    if (line === null) {
      line = document.createElement('p');
      line.className = 'k-muted';
      this.append(line);
    }
    line.textContent = text;
    announce(text);
  }
}

/** A sentence for the person about what went wrong. */
class Refused extends Error {}
