import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { devices, type Browser, type Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { DEMO_PASSWORD } from '../../src/modules/identity/domain/demo-people.ts';
import { lookAt, openJourney, photograph, skip } from '../support/journey.ts';

const LANGUAGES = ['de', 'en', 'leicht'] as const;
const main = (page: Page): Promise<string> => page.locator('main').innerText();

describe('a press officer’s campaign, from its making to its funnel', { skip, timeout: 120_000 }, () => {
  let browser: Browser;
  let city: CityForAWhile;
  let desk: Page;
  let code = '';
  before(async () => {
    ({ browser, city } = await openJourney());
    await city.filled;
    desk = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' })).newPage();
    await desk.goto(`${city.url}/anmelden/beschaeftigte?weiter=/kampagnen`);
    await desk.getByRole('button', { name: /Paula Presse/ }).click();
    await desk.waitForURL(/\/kampagnen$/);
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
  });

  /** Without JavaScript, on a phone, in the dark; it calls itself what a phone does, as robots are not counted. */
  async function visitor(script: boolean): Promise<Page> {
    const { userAgent } = devices['Pixel 7'];
    const context = await browser.newContext({
      javaScriptEnabled: script,
      userAgent,
      viewport: { width: 320, height: 640 },
      locale: 'de-DE',
      colorScheme: 'dark',
    });
    return context.newPage();
  }
  const typeWords = async (name: string, [de, en, leicht]: readonly [string, string, string]): Promise<void> => {
    for (const [index, text] of [de, en, leicht].entries()) await desk.fill(`[name="${name}.${LANGUAGES[index]!}"]`, text);
  };

  it('finds the campaign of the demo, with its source and its own placement marked', async () => {
    await lookAt(desk, 'campaign-liste', 'the list', true);
    await desk.getByRole('link', { name: 'Hamburg – digital für dich' }).click();
    await desk.waitForURL(/\/kampagnen\/[0-9a-f-]{36}$/);
    assert.match(await main(desk), /Eigene Einordnung[\s\S]*Ganze Stadt[\s\S]*Berichte der Stadt über die Kampagne/);
    assert.match(await main(desk), /Wo das Ziel steht[\s\S]*24\s%[\s\S]*33\s%[\s\S]*Umfrage vom[\s\S]*Gerader Weg von 24\s%/);
    await lookAt(desk, 'campaign-demo', 'the campaign of the demo', true);
  });

  it('makes a campaign; what is wrong is named, and what was typed is kept', async () => {
    await desk.goto(`${city.url}/kampagnen/neu`);
    for (const [name, value] of Object.entries({
      title: 'Hund geht online',
      titleEn: 'Dogs go online',
      titleLeicht: 'Hund im Internet',
      aim: 'Mehr Menschen melden online an.',
      to: '40',
      by: '31.12.2030',
      audience: 'Menschen mit Hund',
      budget: '5.000,00',
      source: 'eigene Planung',
    }))
      await desk.fill(`[name="${name}"]`, value);
    await desk.fill('[name="startsOn"]', '01.12.2030');
    await desk.fill('[name="endsOn"]', '01.11.2025');
    await desk.locator('summary', { hasText: 'Leistungen auswählen' }).click();
    await desk.getByLabel('Hund anmelden', { exact: true }).check();
    await desk.getByLabel('Plakat', { exact: true }).check();
    await desk.getByRole('button', { name: 'Speichern' }).click();
    await desk.waitForLoadState();
    assert.match(await main(desk), /Das Ende liegt vor dem Beginn/);
    assert.equal(await desk.inputValue('[name="budget"]'), '5.000,00');
    await lookAt(desk, 'campaign-falsch', 'the form with mistakes', true);
    await desk.fill('[name="startsOn"]', '01.11.2025');
    await desk.fill('[name="endsOn"]', '31.12.2030');
    await desk.getByRole('button', { name: 'Speichern' }).click();
    await desk.waitForURL(/\/kampagnen\/[0-9a-f-]{36}$/);
    await desk.getByRole('button', { name: 'Kampagne starten' }).click();
    await desk.waitForLoadState();
    assert.match(await main(desk), /Läuft/);
  });

  it('builds a landing page from blocks and publishes it', async () => {
    await desk.fill('[name="slug"]', 'hund-geht-online');
    await desk.getByRole('button', { name: 'Zielseite anlegen' }).click();
    await desk.waitForURL(/\/seite\/hund-geht-online$/);
    await desk.getByRole('link', { name: 'Überschrift', exact: true }).click();
    await typeWords('heading', ['Dein Hund geht online', 'Your dog goes online', 'Dein Hund im Internet']);
    await typeWords('text', ['In wenigen Minuten angemeldet.', 'Registered within minutes.', 'Das geht schnell.']);
    await lookAt(desk, 'campaign-baustein', 'the form of a block', true);
    await desk.getByRole('button', { name: 'Baustein speichern' }).click();
    await desk.waitForURL(/\/seite\/hund-geht-online$/);
    await desk.getByRole('link', { name: 'Knopf zu einer Leistung', exact: true }).click();
    await desk.selectOption('[name="service"]', 'hund');
    await typeWords('label', ['Hier klicken', 'Register the dog', 'Hund anmelden']);
    await desk.getByRole('button', { name: 'Baustein speichern' }).click();
    await desk.waitForLoadState();
    assert.match(await main(desk), /Der Text des Knopfes sagt, wohin er führt/);
    await desk.fill('[name="label.de"]', 'Hund jetzt anmelden');
    await desk.getByRole('button', { name: 'Baustein speichern' }).click();
    await desk.waitForURL(/\/seite\/hund-geht-online$/);
    await desk.fill('[name="reason"]', 'Start der Kampagne');
    await desk.getByRole('button', { name: 'Veröffentlichen' }).click();
    await desk.waitForLoadState();
    assert.match(await main(desk), /Veröffentlicht, Fassung 1/);
    await lookAt(desk, 'campaign-seite', 'the landing page’s desk', true);
    await desk.getByRole('link', { name: 'Varianten vergleichen' }).click();
    await desk.waitForURL(/vergleich$/);
    await desk.selectOption('[name="block"]', 'b1');
    await desk.getByRole('button', { name: 'Weiter' }).click();
    await desk.waitForURL(/block=b1/);
    await lookAt(desk, 'campaign-vergleich', 'the plan of a comparison', true);
  });

  it('makes a link with its QR code, and none that reaches into a procedure', async () => {
    await desk.goto(`${city.url}/kampagnen`);
    await desk.getByRole('link', { name: 'Hund geht online' }).click();
    await desk.waitForURL(/\/kampagnen\/[0-9a-f-]{36}$/);
    const details = desk.locator('details', { hasText: 'Neuer Link' });
    const typeLink = async (target: string): Promise<void> => {
      if (!(await details.evaluate((element) => element.hasAttribute('open')))) await details.locator('summary').click();
      await desk.fill('[name="target"]', target);
      await desk.selectOption('[name="channel"]', 'poster');
      await desk.fill('[name="place"]', 'Stadtpark');
      await desk.getByRole('button', { name: 'Link anlegen' }).click();
      await desk.waitForLoadState();
    };
    await typeLink('/antrag/neu/hund');
    assert.match(await main(desk), /Das liegt in einem Verfahren/);
    await typeLink('/d/hund-geht-online');
    await desk.waitForURL(/#links$/);
    const row = desk.locator('tr', { hasText: 'Stadtpark' });
    code = (await row.locator('th a').getAttribute('href'))!.split('/').at(-1)!;
    const qr = row.locator('img.k-qr');
    await qr.scrollIntoViewIfNeeded();
    const drawn = await qr.evaluate<number, { decode(): Promise<void>; naturalWidth: number }>(async (image) => {
      await image.decode();
      return image.naturalWidth;
    });
    assert.ok(drawn > 0, 'the QR code is drawn');
    await lookAt(desk, 'campaign-links', 'the campaign with its link', true);
  });

  for (const script of [false, true])
    it(`a visitor follows it on a phone ${script ? 'with' : 'without'} JavaScript, and starts the Antrag`, async () => {
      const page = await visitor(script);
      await page.goto(`${city.url}/k/${code}`);
      assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, `/d/hund-geht-online?k=${code}`);
      assert.deepEqual(await page.context().cookies(), [], 'no cookie for being led on');
      await lookAt(page, `campaign-landung-${script ? 'js' : 'nojs'}`, 'the landing page', script);
      await page.getByRole('link', { name: 'Hund jetzt anmelden' }).click();
      await page.waitForURL(/\/leistungen\/hund\?k=/);
      assert.equal(new URL(page.url()).searchParams.get('k'), code);
      await page.locator('main a[href^="/antrag/neu/hund"]').first().click();
      await page.waitForURL(/\/anmelden\?weiter=/);
      if (script) return;
      await page.fill('[name="email"]', 'katharina.petersen@buerger.example');
      await page.fill('[name="password"]', DEMO_PASSWORD);
      await page.locator('form:has([name="password"]) button[type="submit"]').first().click();
      await page.waitForURL(/\/antrag\/neu\/hund/);
      await photograph(page, 'campaign-antrag');
    });

  it('the campaign shows its way to the Bescheid, and few as few', async () => {
    await desk.reload();
    const row = desk.locator('tr', { hasText: 'Stadtpark' });
    assert.match(await row.innerText(), /weniger als 10/);
    const way = await desk.locator('#weg').innerText();
    for (const stage of ['Link geöffnet', 'Antrag begonnen', 'Bescheid']) assert.match(way, new RegExp(`${stage}[^\\n]*\\s+(?:\\d|weniger als 10)`), stage);
    await lookAt(desk, 'campaign-weg', 'the funnel', true);
    await desk.setViewportSize({ width: 320, height: 640 });
    await desk.emulateMedia({ colorScheme: 'dark' });
    const campaign = new URL(desk.url()).pathname;
    for (const [name, path] of [
      ['kampagne', campaign],
      ['bearbeiten', `${campaign}/bearbeiten`],
      ['seite', '/kampagnen/seite/hund-geht-online'],
      ['vorschau', '/kampagnen/seite/digital-fuer-dich/vorschau'],
      ['vergleich', '/kampagnen/seite/hund-geht-online/vergleich'],
    ] as const) {
      await desk.goto(city.url + path);
      await lookAt(desk, `campaign-schmal-${name}`, `${path} at 320 px`, true);
    }
  });
});
