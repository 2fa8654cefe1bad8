import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../support/journey.ts';
import { assetResponse } from '../../src/platform/http/assets.ts';
import { securityHeaders } from '../../src/platform/http/security-headers.ts';
import { dataTable } from '../../src/platform/ui/components.ts';
import { fileField } from '../../src/platform/ui/form-file.ts';
import { button, errorSummary, form } from '../../src/platform/ui/form-frame.ts';
import { textArea, textField } from '../../src/platform/ui/form.ts';
import { html, type Html } from '../../src/platform/ui/html.ts';
import { mapInput, readMapInput } from '../../src/platform/ui/map-input.ts';
import { page, pageTitle } from '../../src/platform/ui/page.ts';
import { live } from '../../src/platform/ui/parts.ts';
import { baseMapGeoJson, mapPicture, readDistricts } from '../../src/platform/ui/static-map.ts';
import { strokeButton, strokeForms, undoPart } from '../../src/platform/ui/stroke-form.ts';
import type { PageView } from '../../src/platform/ui/view.ts';

const DISTRICTS = readDistricts(JSON.parse(readFileSync('services/bezirke.geojson', 'utf8')));
const VIEW: PageView = { lang: 'de', theme: 'light', actor: { kind: 'anonymous' }, url: '/', demo: false, now: Temporal.Instant.from('2026-11-23T09:15:00Z') };

interface Posted {
  readonly path: string;
  readonly body: string;
  readonly autosave: boolean;
  readonly key: string | undefined;
}

let server: Server;
let browser: Browser;
let context: BrowserContext;
let origin: string;
let posts: Posted[] = [];
let version = 1;
/** What happens to a press: it is counted, not taken, or counted and the answer lost. */
let line: 'sound' | 'broken' | 'lossy' = 'sound';
const counted = new Set<string>();
const streams = new Set<ServerResponse>();

const pages: Readonly<Record<string, () => Html>> = {
  '/form': () =>
    html`${form({ action: '/save', autosave: true }, html`${textField({ name: 'street', label: 'Straße', lang: 'de' })}${textArea({ name: 'why', label: 'Warum', lang: 'de', maxLength: 30 })}${button({ label: 'Absenden', name: 'do', value: 'send' })}`)}`,
  '/broken': () =>
    html`${errorSummary([{ field: 'street', message: 'Füllen Sie die Straße aus.' }], 'de')}${form({ action: '/save' }, html`${textField({ name: 'street', label: 'Straße', lang: 'de', error: 'Füllen Sie die Straße aus.' })}`)}`,
  '/upload': () =>
    form(
      { action: '/save', multipart: true },
      html`${fileField({ name: 'foto', label: 'Foto', lang: 'de', maxMegabytes: 1, multiple: true, uploadUrl: '/upload', removeAction: '/remove' })}${button({ label: 'Weiter' })}`,
    ),
  '/table': () =>
    dataTable([{ label: 'Nummer', rowHeader: true, cell: (row: string) => row }], ['A', 'B', 'C'], {
      caption: 'Fälle',
      lang: 'de',
      shortcuts: true,
      href: (row) => `/case/${row}`,
    }),
  '/keys': () =>
    strokeForms(
      { api: '/count', fields: { street: 'place' }, all: 0, lang: 'de' },
      html`${undoPart(0, html`<p>Zurück</p>`)}${form(
        { action: '/save' },
        html`${textField({ name: 'street', label: 'Straße', lang: 'de' })}${strokeButton({ label: 'Telefon', context: 'Hund', name: 'fall', value: 'hund.phone', body: { service: 'hund' }, key: '2', count: 0, lang: 'de' })}`,
      )}`,
    ),
  '/live': () => live('/stream', 'state', html`<p>Version ${version}</p>${textField({ name: 'note', label: 'Notiz', lang: 'de' })}`),
  '/map': () => form({ action: '/place' }, html`${mapInput({ name: 'position', label: 'Wo?', lang: 'de' })}${button({ label: 'Weiter' })}`),
};

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const asset = assetResponse(url.pathname, request.headers['accept-encoding']);
  if (asset !== undefined) return void response.writeHead(asset.status, asset.headers).end(asset.body);
  if (url.pathname === '/karte/bild.svg') return void response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(mapPicture(url.searchParams, DISTRICTS));
  if (url.pathname === '/karte/grund.json')
    return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(baseMapGeoJson(DISTRICTS)));
  if (url.pathname === '/stream') {
    streams.add(response.writeHead(200, { 'content-type': 'text/event-stream' }));
    return void response.write(': open\n\n');
  }
  if (request.method === 'POST') return take(request, response, url.pathname);
  const make = pages[url.pathname] ?? (() => html`<p>Da</p>`);
  for (const [name, value] of securityHeaders({ production: false })) response.setHeader(name, value);
  const document = await page(VIEW, { title: 'Probe', main: html`${pageTitle('Probe')}${make()}`, scripts: url.pathname === '/map' ? ['map'] : [] });
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(document.toString());
}

async function take(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('latin1');
  posts.push({ path, body, autosave: request.headers['x-autosave'] === '1', key: request.headers['idempotency-key']?.toString() });
  const json = (status: number, value: object): void =>
    void response.writeHead(status, { 'content-type': status < 300 ? 'application/json' : 'application/problem+json' }).end(JSON.stringify(value));
  if (path === '/count') {
    if (line === 'broken') return json(503, {});
    const key = posts.at(-1)!.key!;
    if (counted.has(key)) return json(409, { detail: 'Das ist schon ausgeführt.' });
    counted.add(key);
    if (line === 'lossy') return void request.socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return json(201, { today: counted.size, all: counted.size });
  }
  if (path === '/upload') {
    if (body.includes('kaputt')) return json(422, { title: 'Falsch', detail: 'Diese Datei ist kein Bild.' });
    return json(201, { id: 'f1', name: 'baum.jpg', sizeBytes: 5, mediaType: 'image/jpeg', previewUrl: '/f1' });
  }
  if (path === '/save' && !posts.at(-1)!.autosave) await new Promise((resolve) => setTimeout(resolve, 300));
  if (path === '/save' || path === '/remove') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>ok</p>');
  response.writeHead(303, { location: '/done' }).end();
}

before(async () => {
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await openBrowser('software');
});

beforeEach(async () => {
  await context?.close();
  posts = [];
});

after(async () => {
  await browser?.close();
  for (const stream of streams) stream.end();
  server?.closeAllConnections();
  server?.close();
});

async function open(path: string, javaScriptEnabled = true): Promise<Page> {
  context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(10_000);
  const opened = await context.newPage();
  await opened.goto(`${origin}${path}`);
  return opened;
}

test('a form pressed five times is sent once, with the button that was pressed', async () => {
  const opened = await open('/form');
  await opened.fill('#f-street', 'Große Bergstraße');
  // Apart, so that the browser has begun to send before the next press.
  await opened.evaluate(async () => {
    const press = (globalThis as unknown as { document: { querySelector: (what: string) => { click: () => void } } }).document.querySelector('button[name=do]');
    for (let i = 0; i < 5; i++) {
      press.click();
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  });
  await opened.waitForSelector('text=ok');
  const sent = posts.filter((post) => !post.autosave);
  assert.equal(sent.length, 1);
  assert.match(sent[0]!.body, /do=send/);
});

test('what is typed is saved a little later, and the page says when', async () => {
  const opened = await open('/form');
  await opened.fill('#f-street', 'Altona');
  await opened.waitForSelector('.k-saved:has-text("Gespeichert um")');
  assert.deepEqual(
    posts.map(({ path, autosave }) => [path, autosave]),
    [['/save', true]],
  );
  assert.match(posts[0]!.body, /street=Altona/);
});

test('the counter tells how many characters are left, and how many are too many', async () => {
  const opened = await open('/form');
  await opened.fill('#f-why', 'Der Baum ist krank.');
  assert.equal(await opened.textContent('#f-why-limit'), 'Noch übrige Zeichen: 11');
  await opened.fill('#f-why', 'x'.repeat(33));
  assert.equal(await opened.textContent('#f-why-limit'), 'Zeichen zu viel: 3');
});

test('a page with mistakes puts the focus on its summary, and from there on the field', async () => {
  const opened = await open('/broken');
  assert.equal(await opened.evaluate('document.activeElement.className.includes("k-error-summary")'), true);
  await opened.click('.k-error-summary a');
  assert.equal(await opened.evaluate('document.activeElement.id'), 'f-street');
});

test('a file goes up at once, can be looked at and removed, and is not sent twice', async () => {
  const opened = await open('/upload');
  await opened.setInputFiles('#f-foto', { name: 'baum.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('bytes') });
  await opened.waitForSelector('.k-file:has-text("hochgeladen")');
  assert.equal(await opened.getAttribute('.k-file a', 'href'), '/f1');
  assert.equal(await opened.inputValue('#f-foto'), '');
  await opened.click('.k-file button');
  await opened.waitForSelector('.k-file', { state: 'detached' });
  assert.deepEqual(
    posts.map(({ path }) => path),
    ['/upload', '/remove'],
  );
  assert.equal(posts[1]!.body, 'remove=f1');
});

test('a file that is refused says why; one too large is not even sent', async () => {
  const opened = await open('/upload');
  await opened.setInputFiles('#f-foto', [
    { name: 'kaputt.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('kaputt') },
    { name: 'riesig.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(1_000_001) },
  ]);
  await opened.waitForSelector('.k-file__problem:has-text("Diese Datei ist kein Bild.")');
  await opened.waitForSelector('.k-file__problem:has-text("Erlaubt sind höchstens 1 MB.")');
  assert.equal(posts.length, 1);
});

test('J and K walk the rows, not while somebody types, and not when switched off (WCAG 2.1.4)', async () => {
  const opened = await open('/table');
  const focused = (): Promise<unknown> => opened.evaluate('document.activeElement.textContent');
  await opened.keyboard.press('j');
  assert.equal(await focused(), 'A');
  await opened.keyboard.press('j');
  await opened.keyboard.press('j');
  await opened.keyboard.press('k');
  assert.equal(await focused(), 'B');
  await opened.uncheck('.k-shortcuts input');
  await opened.keyboard.press('j');
  assert.notEqual(await focused(), 'C');
  await opened.reload();
  assert.equal(await opened.isChecked('.k-shortcuts input'), false);
});

test('presses faster than the line count once each, by key and not while somebody types (WCAG 2.1.4); what is not counted is named', async () => {
  counted.clear();
  const opened = await open('/keys');
  const shows = (count: number) => opened.waitForSelector(`[data-count]:text-is("${count}")`);
  await opened.focus('input[name=street]');
  await opened.keyboard.press('2');
  await opened.evaluate('document.activeElement.blur()');
  await opened.keyboard.press('3');
  assert.equal(posts.length, 0);
  assert.equal(await opened.locator('[data-undo]').isVisible(), false);
  for (let press = 0; press < 6; press++) await opened.keyboard.press('2');
  await shows(6);
  assert.deepEqual(
    posts.map(({ path, body }) => [path, JSON.parse(body)]),
    Array.from({ length: 6 }, () => ['/count', { place: '2', service: 'hund' }]),
  );
  assert.equal(new Set(posts.map(({ key }) => key)).size, 6, 'each has a key of its own');
  assert.equal(await opened.locator('[data-undo]').isVisible(), true);
  line = 'broken';
  await opened.keyboard.press('2');
  await opened.keyboard.press('2');
  await opened.waitForSelector('.k-strokes-left:has-text("Noch nicht gezählt: 2 × Hund, Telefon")');
  line = 'lossy';
  setTimeout(() => (line = 'sound'), 3500);
  await shows(8);
  assert.equal(counted.size, 8, 'a press whose answer was lost was not counted twice');
  assert.equal(await opened.locator('.k-strokes-left').isVisible(), false);
  assert.equal(opened.url(), `${origin}/keys`, 'no page was loaded');
});

test('news reload the fragment; while somebody works in it, a notice asks first', async () => {
  version = 1;
  const opened = await open('/live');
  const tell = (): void => streams.forEach((stream) => stream.write('id: 7\ndata: {}\n\n'));
  await opened.waitForFunction(() => true);
  version = 2;
  tell();
  await opened.waitForSelector('text=Version 2');
  await opened.focus('#f-note');
  version = 3;
  tell();
  await opened.waitForSelector('.k-live-notice:has-text("Es gibt Neues.")');
  assert.ok(await opened.isVisible('text=Version 2'));
  await opened.click('.k-live-notice button');
  await opened.waitForSelector('text=Version 3');
});

test('the moving map writes the place into the form, by click and by key', async () => {
  const opened = await open('/map');
  await opened.waitForSelector('kontor-map[data-ready]');
  assert.equal(await opened.locator('.k-map__picture:visible').count(), 0);
  await opened.click('.maplibregl-canvas', { position: { x: 305, y: 200 } });
  await opened.waitForSelector('button.k-pin');
  assert.match((await opened.textContent('.k-map__chosen'))!, /^Gewählter Ort: 53,\d+° N, (9|10),\d+° O$/);
  const before = Number((await opened.inputValue('[name="position.lon"]')).replace(',', '.'));
  assert.ok(before > 9.9 && before < 10.1, String(before));
  await opened.focus('button.k-pin');
  await opened.keyboard.press('Shift+ArrowRight');
  assert.ok(Number((await opened.inputValue('[name="position.lon"]')).replace(',', '.')) > before);
  await opened.keyboard.press('Delete');
  assert.equal(await opened.inputValue('[name="position.lon"]'), '');
  await opened.fill('[name="position.lon"]', '9,99');
  await opened.fill('[name="position.lat"]', '53,55');
  await opened.press('[name="position.lat"]', 'Tab');
  await opened.waitForSelector('button.k-pin');
});

test('without JavaScript a click on the picture posts the place under it', async () => {
  const opened = await open('/map', false);
  await opened.click('.k-map__picture--l', { position: { x: 320, y: 210 } });
  await opened.waitForURL('**/done');
  const read = readMapInput(new URLSearchParams(posts[0]!.body), 'position', 'de');
  assert.ok(read.kind === 'picked' && Math.abs(read.position.lon - 10) < 0.002 && Math.abs(read.position.lat - 53.55) < 0.002, JSON.stringify(read));
});

test('without JavaScript Enter in a field sends the form, not a click on the picture', async () => {
  const opened = await open('/map', false);
  await opened.fill('[name="position.lon"]', '9,99');
  await opened.fill('[name="position.lat"]', '53,55');
  await opened.press('[name="position.lat"]', 'Enter');
  await opened.waitForURL('**/done');
  assert.doesNotMatch(posts[0]!.body, /position\.map/);
  assert.equal(readMapInput(new URLSearchParams(posts[0]!.body), 'position', 'de').kind, 'typed');
});
