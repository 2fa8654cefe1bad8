import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { samplePdf } from '../../src/commands/sample-pdf.ts';
import { WalkClient } from '../../src/commands/walk-client.ts';
import { legalDay } from '../../src/kernel/time.ts';
import { loadServices } from '../../src/modules/catalogue/public.ts';
import { demoPeople } from '../../src/modules/identity/public.ts';
import { lookAt, openJourney, skip } from '../support/journey.ts';

const ROOT = join(import.meta.dirname, '../..');
const YUSUF = 'yusuf.oezkan@buerger.example';

let browser: Browser;
let city: CityForAWhile;
let draftId = '';

before(async () => {
  if (skip !== false) return;
  ({ browser, city } = await openJourney());
  draftId = await filledIn();
});
after(async () => {
  await browser?.close();
  await city?.stop();
});

/** The first owner fills in the application by the API: how the form looks, other journeys see. */
async function filledIn(): Promise<string> {
  const owner = new WalkClient(city.url);
  await owner.signIn('eid', demoPeople.find((one) => one.subject.endsWith('katharina.petersen'))!.subject);
  const { walk } = (await loadServices(join(ROOT, 'services'), legalDay(Temporal.Now.instant()))).packages.get('baugenehmigung')!;
  const { id } = await owner.call<{ id: string }>('POST', '/api/drafts', { service: 'baugenehmigung' });
  await owner.call('PUT', `/api/drafts/${id}/answers`, { answers: walk.answers });
  for (const { slot, fileName } of walk.documents) await owner.upload(`/api/files/${id}/${slot}`, fileName, samplePdf(slot));
  return id;
}

async function signedIn(name: string, options: { script: boolean; width?: number; to?: string }): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: options.script, viewport: { width: options.width ?? 1280, height: 900 }, locale: 'de-DE' });
  const page = await context.newPage();
  await page.goto(`${city.url}/anmelden/eid?weiter=${encodeURIComponent(options.to ?? '/')}`);
  await page.getByRole('button', { name }).first().click();
  await page.waitForLoadState();
  return page;
}

const main = async (page: Page): Promise<string> => (await page.textContent('main')) ?? '';

const look = (page: Page, what: string, script: boolean): Promise<void> => lookAt(page, `gemeinsam-${what}`, what, script);

/** The newest link of a kind that the city mailed. */
async function mailed(path: RegExp): Promise<string> {
  for (let tries = 0; tries < 40; tries++) {
    const mails = (await (await fetch(`${city.url}/api/demo/post?an=${YUSUF}`)).json()) as { text: string }[];
    const found = mails.flatMap(({ text }) => path.exec(text)?.[0] ?? []).at(0);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return assert.fail(`no mail with ${path}`);
}

async function press(page: Page, name: string): Promise<void> {
  await page.locator('main').getByRole('button', { name }).first().click();
  await page.waitForLoadState();
}

describe('two owners apply for a Baugenehmigung', { skip }, () => {
  let link = '';

  it('the first invites the second, without JavaScript; nothing can be submitted yet', async () => {
    const page = await signedIn('Katharina Petersen', { script: false, to: `/antrag/${draftId}/pruefen` });
    await page.locator('#mitantrag summary').click();
    await page.fill('[name="givenName"]', 'Yusuf');
    await press(page, 'Person einladen');
    assert.match(await main(page), /Nachnamen der Person/);
    assert.equal(await page.inputValue('[name="givenName"]'), 'Yusuf', 'what was typed is kept');
    await look(page, 'einladen-fehler', false);
    await page.fill('[name="familyName"]', 'Özkan');
    await page.fill('[name="email"]', YUSUF);
    await press(page, 'Person einladen');
    assert.match(await main(page), /Yusuf Özkan.*eingeladen, noch nicht geöffnet/s);
    await press(page, 'Jetzt einreichen');
    assert.match(await main(page), /Es fehlt noch die Mitzeichnung von Yusuf Özkan/);
    await look(page, 'wartet', false);
    link = await mailed(/http\S+\/mitzeichnen\/[\w-]{43}/);
    await page.context().close();
  });

  it('the link tells nothing before signing in; then the second reads all of it and signs on a phone', async () => {
    const stranger = await (await browser.newContext({ viewport: { width: 320, height: 800 } })).newPage();
    await stranger.goto(link);
    assert.doesNotMatch(await main(stranger), /Petersen|Bau/);
    await look(stranger, 'link', true);
    await stranger.context().close();
    const page = await signedIn('Yusuf', { script: true, width: 320, to: new URL(link).pathname });
    await press(page, 'Antrag ansehen');
    assert.match(await main(page), /Katharina Petersen bittet Sie/);
    await look(page, 'lesen', true);
    const file = await page.locator('a[href*="/datei/"]').first().getAttribute('href');
    assert.equal((await page.context().request.get(city.url + file!)).status(), 200);
    await press(page, 'Mitzeichnen');
    assert.match(await main(page), /mitgezeichnet/);
    await look(page, 'gezeichnet', true);
    await page.context().close();
  });

  it('a change afterwards voids the signature; the second signs anew and the first submits', async () => {
    const page = await signedIn('Katharina Petersen', { script: true, to: `/antrag/${draftId}/pruefen` });
    assert.match(await main(page), /hat mitgezeichnet/);
    const edit = page.locator('main a[href*="/seite/"]').last();
    await edit.click();
    await page.waitForLoadState();
    const field = page.locator('main input[type="text"], main input[type="tel"]').last();
    await field.fill('040 428110');
    await press(page, 'Speichern und weiter');
    await page.goto(`${city.url}/antrag/${draftId}/pruefen`);
    assert.match(await main(page), /muss neu zeichnen/);
    await look(page, 'erloschen', true);
    const again = new URL(await mailed(/http\S+\/mitantrag\/[0-9a-f-]{36}/)).pathname;
    const second = await signedIn('Yusuf', { script: false, to: again });
    assert.match(await main(second), /nach Ihrer Mitzeichnung geändert/);
    await press(second, 'Mitzeichnen');
    assert.match(await main(second), /mitgezeichnet/);
    await page.goto(`${city.url}/antrag/${draftId}/pruefen`);
    await press(page, 'Jetzt einreichen');
    assert.match(page.url(), /\/vorgang\//);
    assert.match(await main(page), /Yusuf Özkan/);
    await look(page, 'eingereicht', true);
    await second.goto(`${city.url}/antraege`);
    await second.locator(`a[href="/vorgang/${draftId}"]`).first().click();
    await second.waitForLoadState();
    assert.match(await main(second), /Katharina Petersen \(nimmt Schreiben für alle an\)/);
    await look(second, 'vorgang-zweite', false);
    await page.context().close();
    await second.context().close();
  });
});
