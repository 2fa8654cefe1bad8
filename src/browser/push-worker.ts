/*
 * Shows notices that the city sends by web push. It takes no page over, keeps nothing and imports nothing: a browser
 * loads it as one file. A file of its own beside `sw.ts`, so that pages of a Lage and notices cannot break each other.
 */
interface PushHeard {
  readonly data: { readonly json: () => unknown } | null;
  readonly waitUntil: (work: Promise<unknown>) => void;
}

interface NoticeHeard {
  readonly notification: Notification;
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** Of the worker's own world only what is used here. */
interface PushScope {
  addEventListener(type: 'push', heard: (event: PushHeard) => void): void;
  addEventListener(type: 'notificationclick', heard: (event: NoticeHeard) => void): void;
  readonly registration: { readonly showNotification: (title: string, options: NotificationOptions) => Promise<void> };
  readonly clients: { readonly openWindow: (url: string) => Promise<unknown> };
  readonly location: { readonly origin: string };
}

const pusher = globalThis as unknown as PushScope;

/** A path of this city, whatever a message says. */
function pathOf(wanted: unknown): string {
  const url = typeof wanted === 'string' ? URL.parse(wanted, pusher.location.origin) : null;
  return url !== null && url.origin === pusher.location.origin ? url.pathname : '/postfach';
}

pusher.addEventListener('push', (event) => {
  const said = (event.data?.json() ?? {}) as { readonly title?: unknown; readonly body?: unknown; readonly path?: unknown };
  const title = typeof said.title === 'string' ? said.title : 'Kontor';
  const body = typeof said.body === 'string' ? said.body : '';
  const path = pathOf(said.path);
  // one notice of a kind: a newer one takes the place of an older one
  event.waitUntil(pusher.registration.showNotification(title, { body, tag: path, data: path }));
});

pusher.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(pusher.clients.openWindow(pathOf(event.notification.data)));
});
