import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { cleanForAxe, fitsItsWidth, openJourney, photograph, skip } from '../support/journey.ts';

let browser: Browser;
let city: CityForAWhile;
let key: string;
let cookies: Awaited<ReturnType<BrowserContext['cookies']>>;

/** Somebody of the Krisenstab, on a screen of this size. */
async function member(script: boolean, width = 1280, height = 900): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: script, viewport: { width, height }, locale: 'de-DE', hasTouch: width < 500 });
  await context.addCookies(cookies);
  return context.newPage();
}

async function api(page: Page, path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await page.request.post(`${city.url}${path}`, { data: body, headers: { origin: city.url } });
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

/** The most of green and of blue that any dot of a picture has. */
async function brightest(png: Buffer): Promise<{ green: number; blue: number }> {
  const image = await loadImage(png);
  const drawing = createCanvas(image.width, image.height).getContext('2d');
  drawing.drawImage(image, 0, 0);
  const { data } = drawing.getImageData(0, 0, image.width, image.height);
  let [green, blue] = [0, 0];
  for (let at = 0; at < data.length; at += 4) [green, blue] = [Math.max(green, data[at + 1]!), Math.max(blue, data[at + 2]!)];
  return { green, blue };
}

before(async () => {
  if (skip !== false) return;
  ({ browser, city } = await openJourney());
  const page = await browser.newPage();
  await page.goto(`${city.url}/anmelden/beschaeftigte?weiter=/lagen`);
  await page
    .getByRole('button', { name: /Krisenstab|Stab/ })
    .first()
    .click();
  await page.waitForURL(/lagen/);
  cookies = await page.context().cookies();
  const lage = await api(page, '/api/lagen', { title: 'Sturmflut Übung', hazard: 'sturmflut', organisation: 'Feuerwehr', name: 'Jens', exercise: true });
  key = String(lage['key']);
  const point = (lon: number, lat: number) => ({ type: 'Point', coordinates: [lon, lat] });
  const ring = [
    [10.0, 53.51],
    [10.04, 53.51],
    [10.04, 53.53],
    [10.0, 53.53],
    [10.0, 53.51],
  ];
  for (const one of [
    { kind: 'hazard', title: 'Ölfilm', geometry: point(9.96, 53.54), uncertaintyMetres: 400, reliability: 'B', credibility: 2 },
    {
      kind: 'closure',
      title: 'Köhlbrandbrücke',
      geometry: {
        type: 'LineString',
        coordinates: [
          [9.93, 53.52],
          [9.95, 53.525],
        ],
      },
      facts: { contradicts: ['report:1'] },
    },
    { kind: 'zone', title: 'Zone Veddel', geometry: { type: 'Polygon', coordinates: [ring] }, facts: { people: 4300 } },
    {
      kind: 'facility',
      title: 'Pumpwerk',
      geometry: point(9.99, 53.55),
      symbol: { grundzeichen: 'gebaeude', fachaufgabe: 'pumpen' },
      eventAt: '2026-01-01T00:00:00Z',
    },
  ])
    await api(page, `/api/lagen/${key}/objects`, one);
  await page.close();
});
after(async () => {
  await browser?.close();
  await city?.stop();
});

describe('the map of a Lage without JavaScript', { skip }, () => {
  it('is a picture with the same content as tables, is drawn on by form, and looks back', async () => {
    const page = await member(false);
    await page.goto(`${city.url}/lagen/${key}/karte?gitter=1`);
    assert.ok((await page.locator('.k-twin__picture').boundingBox())!.width > 600);
    assert.match(await page.locator('#tabellen').innerText(), /Ölfilm[\s\S]*Köhlbrandbrücke[\s\S]*Widerspruch/);
    await photograph(page, 'lagekarte-nojs');
    await page.locator('#zeichnen summary').click();
    await page.fill('#f-title', 'Deichriss');
    await page.fill('#f-places', 'am Deich');
    await page.getByRole('button', { name: 'Einzeichnen' }).click();
    assert.match(await page.locator('main').innerText(), /„am Deich“ ist kein Ort/);
    await page.fill('#f-places', '32U NE 66253 33921');
    await page.getByRole('button', { name: 'Einzeichnen' }).click();
    assert.match(await page.locator('#objekt').innerText(), /Deichriss[\s\S]*32U NE 66253 3392/);
  });
});

describe('the map of a Lage in the browser', { skip }, () => {
  it('chooses in the list and on the map alike, and says what it knows', async () => {
    const page = await member(true);
    await page.goto(`${city.url}/lagen/${key}/karte`);
    await page.waitForSelector('kontor-lagekarte[data-filled]', { timeout: 30_000 });
    const list = page.locator('.k-karte__list');
    assert.match(await list.innerText(), /Ölfilm/);
    await list.getByRole('button', { name: 'Ölfilm' }).press('Enter');
    const popup = page.locator('.k-karte__popup');
    await popup.waitFor();
    assert.match(await popup.innerText(), /Ölfilm[\s\S]*Güte\s*B2[\s\S]*± 400 m[\s\S]*32U NE/);
    assert.equal(
      await list
        .locator('tr[aria-current="true"]')
        .innerText()
        .then((text) => text.includes('Ölfilm')),
      true,
    );
    await page.waitForTimeout(800);
    assert.equal(await popup.count(), 1, 'the popup stays while the map goes there');
    await photograph(page, 'lagekarte-js');
    await cleanForAxe(page, 'the map of a Lage');
    // the sign stands in the middle of the map now: a click there chooses it, too
    await popup.getByRole('button').click();
    await page.locator('.k-karte__live .maplibregl-canvas').click();
    await popup.waitFor();
    assert.match(await popup.innerText(), /Ölfilm/);
  });

  it('draws by keyboard, switches layers at once, and goes back in time', async () => {
    const page = await member(true);
    await page.goto(`${city.url}/lagen/${key}/karte`);
    await page.waitForSelector('kontor-lagekarte[data-filled]', { timeout: 30_000 });
    await page.getByRole('button', { name: 'Punkt zeichnen' }).click();
    await page.locator('.k-karte__live .maplibregl-canvas').press('Enter');
    await page.fill('#lage-titel', 'Treibgut');
    await page.fill('#lage-zeichen', 'Gefahr + Wasser');
    await page.locator('.k-karte__drawing').getByRole('button', { name: 'Einzeichnen' }).click();
    const list = page.locator('.k-karte__list');
    await list.getByRole('button', { name: 'Treibgut' }).waitFor();
    await page.locator('summary', { hasText: 'Was die Karte zeigt' }).click();
    await page.uncheck('#ebene-gefahren');
    await list.getByRole('button', { name: 'Treibgut' }).waitFor({ state: 'detached' });
    assert.match(page.url(), /ebene=raeumung/);
    await page.check('#ebene-gefahren');
    await list.getByRole('button', { name: 'Treibgut' }).waitFor();
    await page.locator('.k-karte__clock input[type="range"]').fill('0');
    await page.locator('.k-karte__status', { hasText: 'Rückblick' }).waitFor();
    await list.getByRole('button', { name: 'Treibgut' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Zum Stand jetzt' }).click();
    await list.getByRole('button', { name: 'Treibgut' }).waitFor();
  });

  it('has what lies where it is turned to, and says what the list shows', async () => {
    const page = await member(true);
    await api(page, `/api/lagen/${key}/objects`, { kind: 'hazard', title: 'Fern im Osten', geometry: { type: 'Point', coordinates: [10.25, 53.545] } });
    await page.goto(`${city.url}/lagen/${key}/karte?c=10.0,53.545&z=13`);
    await page.waitForSelector('kontor-lagekarte[data-filled]', { timeout: 30_000 });
    const list = page.locator('.k-karte__list');
    await list.getByRole('button', { name: 'Ölfilm' }).waitFor();
    assert.match(await list.innerText(), /was auf der Karte und nahe dabei liegt/);
    assert.equal(await list.getByRole('button', { name: 'Fern im Osten' }).count(), 0);
    const canvas = page.locator('.k-karte__live .maplibregl-canvas');
    for (let pressed = 0; pressed < 14; pressed++) {
      await canvas.press('ArrowRight');
      await page.waitForTimeout(250);
    }
    await list.getByRole('button', { name: 'Fern im Osten' }).waitFor();
    await list.getByRole('button', { name: 'Ölfilm' }).waitFor({ state: 'detached' });
  });

  it('fits a phone, in red light too', async () => {
    const page = await member(true, 320, 640);
    await page.goto(`${city.url}/lagen/${key}/karte`);
    await page.waitForSelector('kontor-lagekarte[data-filled]', { timeout: 30_000 });
    await fitsItsWidth(page, 'the map of a Lage on a phone');
    await page.getByRole('button', { name: 'Nachtsicht (rot)' }).click();
    await page.waitForSelector('kontor-lagekarte[data-filled]', { timeout: 30_000 });
    assert.equal(await page.evaluate('document.documentElement.dataset.light'), 'red');
    await cleanForAxe(page, 'the map of a Lage in red light');
    await photograph(page, 'lagekarte-nacht');
    await page.locator('.k-karte__live').scrollIntoViewIfNeeded();
    const { green, blue } = await brightest(await page.screenshot());
    assert.ok(green < 60 && blue < 30, `in red light there is green ${green} and blue ${blue}`);
  });
});

/** Stands in for the live feed: every second a new fix for each of so many units, in batches as the city sends them. */
const MOVERS = (count: number): string => `
  const count = ${count}, start = Date.now();
  const place = (n, at) => [9.9 + (n % 50) * 0.004 + Math.sin(at / 9000 + n) * 0.0012, 53.5 + Math.floor(n / 50) * 0.0022 + Math.cos(at / 9000 + n) * 0.0008];
  let seq = 0;
  const one = (n, at) => ({ id: 'unit:' + n, seq: ++seq, kind: 'unit', layer: 'kraefte', title: 'E ' + n, geometry: { type: 'Point', coordinates: place(n, at - start) },
    symbol: { grundzeichen: 'kraftfahrzeug-landgebunden', organisation: ['feuerwehr', 'thw', 'polizei', 'hilfsorganisation'][n % 4], fachaufgabe: ['pumpen', 'transport', 'bergung'][n % 3] },
    facts: {}, source: { kind: 'cot', name: 'Probe' }, eventAt: new Date(at).toISOString(), receivedAt: new Date(at).toISOString(), changedAt: new Date(at).toISOString(), ended: false });
  const wait = window.fetch;
  window.fetch = (to, more) => String(to).includes('/objects?') ? Promise.resolve(new Response(JSON.stringify({ items: Array.from({ length: count }, (_, n) => one(n, Date.now())), next: null, head: count }))) : wait(to, more);
  window.EventSource = class extends EventTarget {
    static CLOSED = 2; readyState = 1;
    constructor() { super(); let n = 0; setTimeout(() => this.dispatchEvent(new Event('open')));
      this.beat = setInterval(() => { const at = Date.now(); const objects = Array.from({ length: count / 10 }, () => one(n++ % count, at)); this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify({ objects, gone: [], head: seq, upTo: seq, at: new Date(at).toISOString() }) })); }, 100); }
    close() { clearInterval(this.beat); }
  };`;

describe('2,000 units that move', { skip }, () => {
  it('take less than a third of a frame of the page’s own time, so that 30 frames a second are left to the graphics', async (test) => {
    // a small screen: a processor paints here what a graphics card paints elsewhere
    const page = await member(true, 700, 700);
    await page.addInitScript(MOVERS(2000));
    await page.goto(`${city.url}/lagen/${key}/karte?c=10.0,53.545&z=12`);
    await page.waitForSelector('kontor-lagekarte[data-filled]', { timeout: 30_000 });
    const seen = await page.evaluate<{ seconds: number; own: number[] }>(`new Promise((done) => {
      const map = document.querySelector('kontor-lagekarte');
      map.frames.length = 0;
      const began = performance.now();
      const next = () => { const passed = (performance.now() - began) / 1000; passed > 30 || (passed > 3 && map.frames.length > 30) ? done({ seconds: passed, own: [...map.frames] }) : setTimeout(next, 100); };
      next(); })`);
    await photograph(page, 'lagekarte-2000');
    const own = seen.own.toSorted((a, b) => a - b);
    const middle = own[Math.floor(own.length / 2)]!;
    test.diagnostic(
      `painted by software (SwiftShader): ${(own.length / seen.seconds).toFixed(1)} frames a second; the page's own time a frame: median ${middle.toFixed(2)} ms`,
    );
    assert.ok(own.length > 30, 'the signs move');
    assert.ok(middle < 1000 / 30 / 3, `${middle} ms`);
  });
});
