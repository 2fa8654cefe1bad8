import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { id as uuid } from '../../src/modules/exchange/application/xdomea-testing.ts';
import { antrag } from '../../src/modules/exchange/domain/xbau-write.ts';
import { lookAt, openJourney, OUT, skip } from '../support/journey.ts';
import { DATA, MAPPING, XBAU_HEAD } from '../support/xbau-messages.ts';

let browser: Browser;
let city: CityForAWhile;
before(async () => {
  if (skip !== false) return;
  ({ browser, city } = await openJourney());
});
after(async () => {
  await browser?.close();
  await city?.stop();
});

/** Somebody who works there, signed in. Without JavaScript on a desk, with it on a small phone. */
async function staff(name: string, script: boolean, next: string): Promise<Page> {
  const viewport = script ? { width: 320, height: 640 } : { width: 1200, height: 900 };
  const page = await (await browser.newContext({ javaScriptEnabled: script, viewport, locale: 'de-DE', acceptDownloads: true })).newPage();
  await page.goto(`${city.url}/anmelden/beschaeftigte?weiter=${encodeURIComponent(next)}`);
  await page.getByRole('button', { name }).first().click();
  await page.waitForLoadState();
  return page;
}

const look = (page: Page, what: string, script: boolean): Promise<void> => lookAt(page, `datenaustausch-${script ? 'js' : 'nojs'}-${what}`, what, script);

async function press(page: Page, label: string): Promise<void> {
  await page.locator('main').getByRole('button', { name: label, exact: true }).first().click();
  await page.waitForLoadState();
}

const main = async (page: Page): Promise<string> => (await page.textContent('main')) ?? '';

/** Presses until the page says so: what is exchanged is made behind. */
async function pressUntil(page: Page, label: string, says: RegExp): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    await press(page, label);
    if (says.test(await main(page))) return;
    await page.waitForTimeout(500);
  }
  assert.fail(`the page does not say ${says}`);
}

for (const [index, script] of [false, true].entries()) {
  describe(script ? 'Datenaustausch on a small phone, with JavaScript' : 'Datenaustausch without JavaScript', { skip }, () => {
    it('FIT-Connect: an example is submitted, fetched, and lies in the officer’s inbox with its letters on the way back', async () => {
      const page = await staff('Arne Admin', script, '/verwaltung/datenaustausch');
      await look(page, 'leer', script);
      await page.selectOption('select[name="service"]', 'baumfaellung');
      await press(page, 'Beispiel einreichen');
      assert.match(await main(page), /Das Beispiel ist unterwegs/);
      await look(page, 'eingereicht', script);
      await pressUntil(page, 'Jetzt abholen', /Schreiben an Onlinedienste[\s\S]*Eingangsbestätigung[\s\S]*eingereicht/);
      assert.match(await main(page), /angenommen[\s\S]*eingereicht/);
      await look(page, 'abgeholt', script);
      const officer = await staff('Anke Altmann', script, '/eingang?ansicht=unverteilt');
      assert.match(await main(officer), /eingegangen über FIT-Connect/);
      await officer.locator('tr', { hasText: 'eingegangen über FIT-Connect' }).locator('a').first().click();
      await officer.waitForLoadState();
      assert.match(await main(officer), /Antworten über FIT-Connect[\s\S]*Eingangsbestätigung/);
      await look(officer, 'vorgang', script);
      await officer.locator('#aktion-check-tasks summary, summary:has-text("Prüfschritte abhaken")').first().click();
      await officer.locator('input[name="check-tasks.done"]').first().check();
      await press(officer, 'Prüfschritte abhaken');
      assert.match(await main(officer), /Die Prüfschritte sind gespeichert[\s\S]*geprüft: Anke Altmann/);
      await look(officer, 'pruefschritte', script);
    });

    it('XBau: checked, taken in, and a broken message refused with every mistake', async () => {
      const message = join(OUT, `antrag-${index}.xml`);
      const broken = join(OUT, `kaputt-${index}.xml`);
      const { xml } = antrag({ ...XBAU_HEAD, messageId: uuid(281 + index) }, MAPPING, DATA, uuid(291 + index));
      writeFileSync(message, xml);
      writeFileSync(broken, xml.replace(uuid(281 + index), 'abc').replace('>Petersen<', '> <'));
      const page = await staff('Anke Altmann', script, '/amt/xbau');
      await look(page, 'xbau-leer', script);
      for (const [file, button, says, what] of [
        [broken, 'Annehmen', /Zeile \d+: /, 'xbau-kaputt'],
        [message, 'Nur prüfen', /0200/, 'xbau-geprueft'],
        [message, 'Annehmen', /Der Vorgang ist angelegt/, 'xbau-angenommen'],
        [message, 'Annehmen', /war schon da/, 'xbau-noch-einmal'],
      ] as const) {
        await page.setInputFiles('input[type="file"]', file);
        await press(page, button);
        assert.match(await main(page), says);
        await look(page, what, script);
      }
    });
  });
}
