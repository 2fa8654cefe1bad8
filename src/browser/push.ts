import { ActionElement, isShared, postJson, Refused } from './action-element.ts';
import { browserTexts } from './texts.ts';

/** Its worker speaks for the account's pages and for no others. */
const [WORKER, SCOPE] = ['/benachrichtigungen/push-worker.js', '/konto/'];

/** A button that lets this browser take notices of the city. */
export class PushElement extends ActionElement {
  protected get possible(): boolean {
    return !isShared() && 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
  }

  protected get failed(): string {
    return browserTexts().pushFailed;
  }

  protected async act(): Promise<string> {
    if ((await Notification.requestPermission()) !== 'granted') throw new Refused(browserTexts().pushDenied);
    const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    const key = Uint8Array.from(atob((this.dataset['key'] ?? '').replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    const { endpoint, keys } = subscription.toJSON();
    await postJson('/api/account/notifications/push', { endpoint, keys: { p256dh: keys?.['p256dh'], auth: keys?.['auth'] } });
    return this.dataset['next'] ?? location.href;
  }
}
