import assert from 'node:assert/strict';

interface Kept {
  readonly value: string;
  readonly path: string;
}

/** What came back, after all redirects. */
export interface Landed {
  readonly status: number;
  readonly url: URL;
  readonly text: string;
  readonly headers: Headers;
  /** Every address passed on the way, the first one included. */
  readonly trail: readonly string[];
}

/** A browser without JavaScript: keeps cookies by path, follows redirects, sends forms. */
export class BrowserClient {
  readonly origin: string;
  readonly #cookies = new Map<string, Kept>();

  constructor(origin: string) {
    this.origin = origin;
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name)?.value;
  }

  setCookie(name: string, value: string, path = '/'): void {
    this.#cookies.set(name, { value, path });
  }

  get(path: string): Promise<Landed> {
    return this.#visit(new URL(path, this.origin), { method: 'GET' });
  }

  post(path: string, fields: Readonly<Record<string, string>>): Promise<Landed> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: this.origin };
    return this.#visit(new URL(path, this.origin), { method: 'POST', headers, body: new URLSearchParams(fields).toString() });
  }

  /** One request as it is: no redirect is followed. */
  async raw(path: string | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, this.origin);
    const headers = new Headers(init.headers);
    const cookies = [...this.#cookies].filter(
      ([, kept]) => url.pathname === kept.path || url.pathname.startsWith(kept.path.endsWith('/') ? kept.path : `${kept.path}/`),
    );
    if (url.origin === this.origin && cookies.length > 0) headers.set('cookie', cookies.map(([name, { value }]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    if (url.origin === this.origin) for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  /** JSON to the API. */
  json(method: string, path: string, body?: unknown): Promise<Response> {
    const init = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return this.raw(path, { method, ...init });
  }

  async #visit(start: URL, init: RequestInit): Promise<Landed> {
    const trail = [start.href];
    let url = start;
    let response = await this.raw(url, init);
    for (let hops = 0; response.status >= 300 && response.status < 400; hops++) {
      assert.ok(hops < 20, `too many redirects: ${trail.join(' -> ')}`);
      url = new URL(response.headers.get('location')!, url);
      trail.push(url.href);
      response = await this.raw(url);
    }
    return { status: response.status, url, text: await response.text(), headers: response.headers, trail };
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(/;\s*/);
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const value = pair.slice(at + 1);
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
    const gone = value === '' || attributes.some((one) => /^max-age=0$/i.test(one) || /^expires=Thu, 01 Jan 1970/i.test(one));
    if (gone) this.#cookies.delete(name);
    else this.#cookies.set(name, { value, path });
  }
}

/** The `action` of the first form whose markup matches. */
export function formAction(page: Landed, containing = ''): string {
  const forms = [...page.text.matchAll(/<form[^>]*action="([^"]*)"[^>]*>[\s\S]*?<\/form>/g)];
  const found = forms.find(([markup]) => markup.includes(containing));
  assert.ok(found, `no form with ${containing} on ${page.url.pathname}: ${page.text.slice(0, 400)}`);
  return found[1]!.replaceAll('&amp;', '&');
}
