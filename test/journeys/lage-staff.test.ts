import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { cleanForAxe, fitsItsWidth, lookAt, openJourney, skip } from '../support/journey.ts';

let browser: Browser;
let city: CityForAWhile;
const BASE = '/lagen/uebung-nordwind';

before(async () => {
  if (skip !== false) return;
  ({ browser, city } = await openJourney());
  await city.filled;
});
after(async () => {
  await browser?.close();
  await city?.stop();
});

/** One of the demo's people, signed in, on a screen of this width. */
async function person(name: string, { script = true, width = 1280 } = {}): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: script, viewport: { width, height: 900 }, locale: 'de-DE' });
  const page = await context.newPage();
  await page.goto(`${city.url}/anmelden/beschaeftigte?weiter=${BASE}`);
  await page.getByRole('button', { name: new RegExp(name) }).click();
  await page.waitForURL(/lagen/);
  return page;
}

describe('a staff at work', { skip }, () => {
  it('S2 sees what the public reported, enters a report of their own, and finds it again; without scripts too', async () => {
    for (const script of [true, false]) {
      const page = await person('Silke Lage', { script });
      await page.goto(`${city.url}${BASE}/ueberblick`);
      await lookAt(page, `lage-s2-ueberblick-${script ? 'js' : 'ohne'}`, 'the overview', script);
      await page.goto(`${city.url}${BASE}/meldungen`);
      assert.ok((await page.locator('table tbody tr').count()) >= 2, 'what the public reported');
      await lookAt(page, `lage-s2-meldungen-${script ? 'js' : 'ohne'}`, 'the reports', script);
      await page.goto(`${city.url}${BASE}/meldungen/neu`);
      await page.fill('[name=text]', `Am Hafentor ${script ? 7 : 8} steht ein Lastwagen quer, die Straße ist gesperrt.`);
      await page
        .getByRole('button', { name: /eintragen|speichern|melden/i })
        .first()
        .click();
      await page.context().close();
    }
  });

  it('the leader lets a guest in by a link; the guest sees the picture and none of the forms', async () => {
    const page = await person('Jens Stabsleiter');
    await page.goto(`${city.url}${BASE}/stab`);
    await lookAt(page, 'lage-leiter-stab', 'the staff', true);
    await page.getByText('Gast einladen').first().click();
    const form = page.locator(`form[action="${BASE}/stab/gast"]`);
    await form.locator('[name=name]').fill('Lotse Krüger');
    await form.locator('[name=organisation]').fill('Hafenlotsen');
    await form.locator('[name=function]').selectOption('beobachter');
    await form.getByRole('button').click();
    const link = (await page.locator('.k-code').first().textContent()) ?? '';
    assert.match(link, /\/lagen-gast\//);
    const context = await browser.newContext({ viewport: { width: 320, height: 800 }, locale: 'de-DE' });
    const guest = await context.newPage();
    await guest.goto(link);
    await guest.getByRole('button', { name: 'Eintreten' }).click();
    await guest.waitForURL(new RegExp(BASE));
    for (const part of ['', '/karte', '/kraefte', '/warnungen']) {
      await guest.goto(`${city.url}${BASE}${part}`);
      await fitsItsWidth(guest, `${part} of a guest`);
      await cleanForAxe(guest, `${part} of a guest`);
    }
    assert.equal(await guest.locator('a[href$="/warnungen/neu"]').count(), 0);
    assert.equal((await guest.goto(`${city.url}${BASE}/tagebuch`))!.status(), 403);
    await context.close();
    await page.context().close();
  });

  it('pages of a Lage hold on a phone and in the dark', async () => {
    const page = await person('Ole Einsatz', { width: 320 });
    await page.emulateMedia({ colorScheme: 'dark' });
    for (const part of ['/sturmflut', '/tore', '/nachrichten', '/auftraege', '/quellen', '/flut', '/partner', '/warnungen/neu']) {
      await page.goto(`${city.url}${BASE}${part}`);
      await fitsItsWidth(page, part);
      await cleanForAxe(page, part);
    }
    await page.goto(`${city.url}/lage`);
    await lookAt(page, 'lage-oeffentlich', 'the public page', true);
    await page.context().close();
  });
});
