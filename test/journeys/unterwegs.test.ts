import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { lookAt, openJourney, skip } from '../support/journey.ts';

let browser: Browser;
let city: CityForAWhile;
let phone: BrowserContext;
let page: Page;
let desk: Page;
const KEY = 'uebung-unterwegs';

before(async () => {
  if (skip !== false) return;
  ({ browser, city } = await openJourney());
  phone = await browser.newContext({
    viewport: { width: 320, height: 640 },
    locale: 'de-DE',
    colorScheme: 'dark',
    hasTouch: true,
    permissions: ['geolocation'],
    geolocation: { longitude: 9.97, latitude: 53.54, accuracy: 8 },
  });
  page = await phone.newPage();
  desk = await (await browser.newContext({ locale: 'de-DE' })).newPage();
  for (const one of [page, desk]) await signIn(one);
});
after(async () => {
  await browser?.close();
  await city?.stop();
});

async function signIn(one: Page): Promise<void> {
  await one.goto(`${city.url}/anmelden/beschaeftigte?weiter=/lagen`);
  await one
    .getByRole('button', { name: /Jens Stabsleiter/ })
    .first()
    .click();
  await one.waitForURL(/\/lagen$/);
}

interface Item {
  readonly id: string;
  readonly seq: number;
  readonly title: string;
  readonly geometry: unknown;
}

const api = (path: string): string => `${city.url}/api/lagen/${KEY}${path}`;
const atTheDesk = async (body: object): Promise<Item> => {
  const answer = await desk.request.post(api('/objects'), { data: body, headers: { origin: city.url } });
  assert.equal(answer.status(), 200, await answer.text());
  return (await answer.json()) as Item;
};
const picture = async (): Promise<Item[]> => ((await (await desk.request.get(api('/objects'))).json()) as { items: Item[] }).items;
const waitingIs = (n: number): Promise<unknown> => page.waitForSelector(`kontor-unterwegs[data-waiting="${n}"]`, { timeout: 30_000, state: 'attached' });

async function enter(fields: { readonly object?: string; readonly title: string; readonly text?: string; readonly here?: boolean }): Promise<void> {
  const form = page.locator('#entry-mark');
  if (fields.object !== undefined) await form.locator('[name=object]').selectOption({ label: fields.object });
  await form.locator('[name=title]').fill(fields.title);
  if (fields.text !== undefined) await form.locator('[name=text]').fill(fields.text);
  if (fields.here === true) {
    await form.getByRole('button', { name: 'Mein Standort' }).click();
    await form.getByText('Standort gefunden, auf 8 m genau.').waitFor();
  }
  await form.getByRole('button', { name: 'Eintragen' }).click();
}

describe('a phone on the road, with the network cut and back', { skip }, () => {
  it('keeps the Lage it has opened', async () => {
    await desk.goto(`${city.url}/lagen/neu`);
    await desk.fill('[name=title]', 'Übung Unterwegs');
    await desk.fill('[name=key]', KEY);
    await desk.fill('[name=organisation]', 'Feuerwehr');
    await desk.getByRole('button', { name: 'Lage eröffnen' }).click();
    await desk.waitForURL(new RegExp(`/lagen/${KEY}$`));
    await atTheDesk({
      id: '0190a000-0000-7000-8000-0000000000e1',
      kind: 'closure',
      title: 'Fähranleger gesperrt',
      geometry: { type: 'Point', coordinates: [9.96, 53.54] },
    });
    const { me } = (await (await desk.request.get(api(''))).json()) as { me: { id: string } };
    const unit = { callSign: 'HLRW 21-1', organisation: 'thw', strength: '1/2/6//9', memberId: me.id };
    assert.equal((await desk.request.post(api('/kraefte'), { data: { body: unit }, headers: { origin: city.url } })).status(), 201);
    await page.goto(`${city.url}/lagen/${KEY}/unterwegs`);
    await page.waitForSelector('kontor-unterwegs[data-kept]', { timeout: 30_000 });
    await page.getByText(/Auf diesem Gerät: 2 Dinge/).waitFor();
    await lookAt(page, 'unterwegs', 'the page with a network', true);
  });

  it('starts without a network, says so, and takes entries', async () => {
    await phone.setOffline(true);
    await page.reload();
    await page.getByText(/Offline seit .* Stand des Bildes/).waitFor();
    await page.getByText('Fähranleger gesperrt (', { exact: false }).first().waitFor();
    await enter({ title: 'Baum auf der Straße', text: 'quer, kein Durchkommen', here: true });
    await waitingIs(1);
    await enter({ title: 'Keller läuft voll' });
    await waitingIs(2);
    await enter({ object: 'Ändern: Fähranleger gesperrt', title: 'Fähranleger wieder frei' });
    await waitingIs(3);
    const message = page.locator('#entry-message');
    await message.locator('[name=to]').selectOption('S3');
    await message.locator('[name=priority]').selectOption('sofort');
    await message.locator('[name=content]').fill('Deich weich bei km 4');
    await message.getByRole('button', { name: 'Eintragen' }).click();
    await waitingIs(4);
    const position = page.locator('[id^=entry-position]');
    await position.getByRole('button', { name: 'Mein Standort' }).click();
    await position.getByText('Standort gefunden, auf 8 m genau.').waitFor();
    await position.getByRole('button', { name: /Standort melden/ }).click();
    await waitingIs(5);
    await page.reload();
    await waitingIs(5);
    assert.match(await page.locator('[data-show=picture]').innerText(), /Fähranleger wieder frei, wartet/);
    await lookAt(page, 'unterwegs-offline', 'the page without a network', true);
  });

  it('sends each entry once when the network is back, and shows what does not go together', async () => {
    const [closed] = (await picture()).filter(({ title }) => title === 'Fähranleger gesperrt');
    const { seq, geometry } = closed!;
    await atTheDesk({ id: '0190a000-0000-7000-8000-0000000000e1', kind: 'closure', title: 'Fähranleger bis 24 Uhr gesperrt', geometry, basis: seq });
    await phone.setOffline(false);
    await page.getByText(/^Verbunden\. Stand des Bildes/).waitFor({ timeout: 30_000 });
    await waitingIs(1);
    const titles = (await picture()).map(({ title }) => title);
    assert.deepEqual(titles.toSorted(), ['Baum auf der Straße', 'Fähranleger bis 24 Uhr gesperrt', 'HLRW 21-1', 'Keller läuft voll']);
    const placed = (await picture()).find(({ title }) => title === 'HLRW 21-1');
    assert.deepEqual(placed?.geometry, { type: 'Point', coordinates: [9.97, 53.54] });
    const { items: messages } = (await (await desk.request.get(api('/nachrichten'))).json()) as { items: { content: string; priority: string }[] };
    assert.deepEqual(
      messages.map(({ content, priority }) => [content, priority]),
      [['Deich weich bei km 4', 'sofort']],
    );
    const tree = (await picture()).find(({ title }) => title.startsWith('Baum'));
    assert.deepEqual(tree?.geometry, { type: 'Point', coordinates: [9.97, 53.54] });
    assert.match(await page.locator('[data-mine]').innerText(), /wieder frei/);
    assert.match(await page.locator('[data-theirs]').innerText(), /bis 24 Uhr gesperrt/);
    await lookAt(page, 'unterwegs-widerspruch', 'a conflict', true);
    await page.getByRole('button', { name: 'Meinen Stand nehmen' }).click();
    await waitingIs(0);
    assert.ok((await picture()).some(({ title }) => title === 'Fähranleger wieder frei'));
    await page.getByText(/Auf diesem Gerät: 4 Dinge/).waitFor();
  });

  it('leaves nothing behind when the person signs out', async () => {
    await page.getByRole('button', { name: 'Abmelden' }).first().click();
    await page.waitForURL(/abgemeldet/);
    const left = await page.evaluate<unknown>('(async () => [await caches.keys(), await indexedDB.databases(), localStorage.length])()');
    assert.deepEqual(left, [[], [], 0]);
  });
});
