import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { lookAt, openJourney, skip } from '../support/journey.ts';

let browser: Browser;
let city: CityForAWhile;
before(async () => {
  if (skip !== false) return;
  ({ browser, city } = await openJourney());
  await city.filled;
});
after(async () => {
  await browser?.close();
  await city?.stop();
});

/** Without JavaScript on a desk, with it on a small phone. */
async function visitor(script: boolean): Promise<Page> {
  const viewport = script ? { width: 320, height: 640 } : { width: 1200, height: 900 };
  return (await browser.newContext({ javaScriptEnabled: script, viewport, locale: 'de-DE' })).newPage();
}

const look = (page: Page, what: string, script: boolean): Promise<void> => lookAt(page, `twin-${script ? 'js' : 'nojs'}-${what}`, what, script);

for (const script of [false, true]) {
  describe(script ? 'the twin on a small phone, with JavaScript' : 'the twin without JavaScript', { skip }, () => {
    it('shows a layer, opens a station’s curve, goes back in time, and the address says it all', async () => {
      const page = await visitor(script);
      await page.goto(`${city.url}/zwilling`);
      await page.selectOption('[name="sensoren"]', 'Wasserstand_NHN');
      await page.check('[name="ebene"][value="bezirke"]');
      await page.getByRole('button', { name: 'Anzeigen' }).click();
      await page.waitForLoadState();
      assert.match(await page.locator('#stationen').innerText(), /Pegel/);
      assert.match(await page.locator('main').innerText(), /Diese Messwerte hat die Demo erfunden/);
      if (script) await page.waitForSelector('kontor-twin[data-ready]', { timeout: 20_000 }).catch(() => {});
      await look(page, 'pegel', script);
      await page.locator('#stationen a').first().click();
      await page.waitForURL(/strom=\d+/);
      assert.equal(await page.locator('.k-curve__picture').count(), 1);
      await look(page, 'verlauf', script);
      const address = page.url();
      const again = await visitor(script);
      await again.goto(address);
      assert.equal(await again.locator('.k-curve__picture').count(), 1, 'somebody else sees the same');
      const before = Temporal.Now.zonedDateTimeISO('Europe/Berlin').subtract({ hours: 1 }).toPlainDateTime().toString({ smallestUnit: 'minute' });
      await page.fill('[name="zeit"]', before);
      await page.getByRole('button', { name: 'Anzeigen' }).click();
      await page.waitForURL(/zeit=/);
      assert.equal(await page.inputValue('[name="zeit"]'), before);
      assert.match(await page.locator('.k-facts').innerText(), new RegExp(`${before.slice(11)} Uhr`));
    });
    it('notices and collections are pages of their own', async () => {
      const page = await visitor(script);
      for (const [path, what] of [
        ['/zwilling/hinweise?stand=alle', 'hinweise'],
        ['/ogc/collections?f=html', 'sammlungen'],
        ['/ogc/collections/strassenbaeume?f=html', 'sammlung'],
        ['/ogc/collections/strassenbaeume/items?f=html', 'objekte'],
      ] as const) {
        const answer = await page.goto(`${city.url}${path}`);
        assert.equal(answer?.status(), 200, path);
        await look(page, what, script);
      }
    });
    it('the administration sets a rule and lets a device in', async () => {
      const page = await visitor(script);
      await page.goto(`${city.url}/anmelden/beschaeftigte?weiter=/verwaltung/messregeln`);
      await page
        .getByRole('button', { name: /Arne Admin/ })
        .first()
        .click();
      await page.waitForURL(/messregeln/);
      await look(page, 'regeln', script);
      await page.fill('[name="name"]', `Sturmflut ${script ? 'mit' : 'ohne'} Skript`);
      await page.selectOption('[name="layer"]', 'Wasserstand_NHN');
      await page.fill('[name="limit"]', 'viel');
      await page.getByRole('button', { name: 'Regel in Kraft setzen' }).click();
      await page.waitForLoadState();
      assert.match(await page.locator('main').innerText(), /Geben Sie den Grenzwert als Zahl an/);
      await look(page, 'regel-falsch', script);
      await page.fill('[name="limit"]', '4,5');
      await page.getByRole('button', { name: 'Regel in Kraft setzen' }).click();
      await page.waitForLoadState();
      assert.match(await page.locator('main').innerText(), new RegExp(`Sturmflut ${script ? 'mit' : 'ohne'} Skript`));
      await page.goto(`${city.url}/verwaltung/geraete`);
      await page.fill('[name="name"]', 'Pegel am Hafen');
      await page.getByRole('button', { name: 'Gerät zulassen' }).click();
      await page.waitForLoadState();
      assert.match(await page.locator('.k-code').innerText(), /^[\w-]{43}$/);
      await look(page, 'schluessel', script);
    });
  });
}
