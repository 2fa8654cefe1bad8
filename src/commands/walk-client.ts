import { BrowserClient, formAction } from './browser-client.ts';

/** A real client of the HTTP API: signs in through OpenID Connect and speaks JSON. */
export class WalkClient {
  readonly #browser: BrowserClient;

  constructor(url: string) {
    this.#browser = new BrowserClient(url);
  }

  /** The whole OpenID flow with plain requests: choose the person on the demo provider's page. */
  async signIn(way: 'eid' | 'beschaeftigte', subject: string): Promise<void> {
    const asked = await this.#browser.get(`/anmelden/${way}?weiter=/konto`);
    await this.#browser.post(formAction(asked, subject), { person: subject });
  }

  /** One JSON call. @throws with the server's own sentence when it refuses */
  async call<T>(method: string, path: string, body?: object): Promise<T> {
    return read<T>(path, await this.#browser.json(method, path, body));
  }

  /** Bytes in a format of their own. */
  async send<T>(path: string, type: string, body: string | Uint8Array): Promise<T> {
    const bytes = typeof body === 'string' ? body : new Uint8Array(body);
    return read<T>(path, await this.#browser.raw(path, { method: 'POST', body: bytes, headers: { origin: this.#browser.origin, 'content-type': type } }));
  }

  /** One request as it is. */
  raw(path: string, init: RequestInit): Promise<Response> {
    return this.#browser.raw(path, { ...init, headers: { origin: this.#browser.origin, ...(init.headers as Record<string, string> | undefined) } });
  }

  async upload<T>(path: string, fileName: string, bytes: Uint8Array): Promise<T> {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)]), fileName);
    return read<T>(path, await this.#browser.raw(path, { method: 'POST', body: form, headers: { origin: this.#browser.origin } }));
  }

  /** A form without files, as multipart. */
  async form<T>(path: string, fields: Readonly<Record<string, string>>): Promise<T> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return read<T>(path, await this.#browser.raw(path, { method: 'POST', body: form, headers: { origin: this.#browser.origin } }));
  }

  /** Pays on the demo provider's own page, as a browser would. @param checkout the page's address */
  async pay(checkout: string): Promise<void> {
    await this.#browser.post(checkout, { ausgang: 'zahlen' });
  }

  async download(path: string): Promise<Uint8Array> {
    const answer = await this.#browser.raw(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }
}

async function read<T>(path: string, answer: Response): Promise<T> {
  const data = (await answer.json()) as T & { detail?: string };
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${data.detail ?? ''} ${JSON.stringify((data as { errors?: unknown }).errors ?? '')}`);
  return data;
}
