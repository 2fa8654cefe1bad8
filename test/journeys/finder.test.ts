import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { lookAt, openJourney, skip } from '../support/journey.ts';

let browser: Browser;
let city: CityForAWhile;
before(async () => {
  if (skip === false) ({ browser, city } = await openJourney());
});
after(async () => {
  await browser?.close();
  await city?.stop();
});

/** Without JavaScript on a desk, with it on a small phone in the dark. */
async function visitor(script: boolean): Promise<Page> {
  const viewport = script ? { width: 320, height: 640 } : { width: 1200, height: 900 };
  const colorScheme = script ? 'dark' : 'light';
  return (await browser.newContext({ javaScriptEnabled: script, viewport, locale: 'de-DE', colorScheme })).newPage();
}

const look = (page: Page, what: string, script: boolean): Promise<void> => lookAt(page, `finder-${script ? 'js' : 'nojs'}-${what}`, what, script);
const main = (page: Page): Promise<string> => page.locator('main').innerText();

for (const script of [false, true]) {
  describe(script ? 'the finder on a small phone in the dark, with JavaScript' : 'the finder without JavaScript', { skip }, () => {
    const question = `Meine Schildkröte sucht einen Teich, ${script ? 'mit' : 'ohne'} Skript`;

    it('is found on the front page, answers, and hands over to a person', async () => {
      const page = await visitor(script);
      await page.goto(city.url);
      await page.getByRole('link', { name: 'In eigenen Worten fragen' }).click();
      await page.waitForURL(/\/finden$/);
      assert.match(await main(page), /Sie sprechen mit einer KI, nicht mit einem Menschen/);
      await look(page, 'leer', script);
      await page.getByRole('textbox').first().fill('Ich ziehe um und habe einen Hund');
      await page.getByRole('button', { name: 'Leistungen suchen' }).click();
      await page.waitForLoadState();
      assert.equal(new URL(page.url()).search, '', 'the question stands in no address');
      assert.match(await main(page), /Hund anmelden/);
      await look(page, 'antwort', script);
      await page.getByRole('textbox').first().fill(question);
      await page.getByRole('button', { name: 'Leistungen suchen' }).click();
      await page.waitForLoadState();
      assert.match(await main(page), /nichts gefunden/);
      await look(page, 'nichts', script);
      await page.getByRole('button', { name: 'An einen Menschen weitergeben' }).click();
      await page.waitForURL(/weitergeben$/);
      assert.equal(await page.inputValue('[name="question"]'), question);
      await page.getByRole('button', { name: 'Frage senden' }).click();
      await page.waitForLoadState();
      assert.match(await main(page), /Wählen Sie, wie wir Ihnen antworten/);
      await look(page, 'weitergeben-falsch', script);
      await page.getByLabel('Mit einer E-Mail').check();
      await page.fill('[name="contact"]', 'pia@buerger.example');
      await page.getByLabel('Die Stadt darf meine Frage lesen').check();
      await page.getByRole('button', { name: 'Frage senden' }).click();
      await page.waitForURL(/danke$/);
      await look(page, 'danke', script);
    });

    it('somebody of the city takes the question and answers it', async () => {
      const page = await visitor(script);
      await page.goto(`${city.url}/anmelden/beschaeftigte?weiter=/amt/fragen`);
      await page.getByRole('button', { name: /Anke Altmann/ }).click();
      await page.waitForURL(/\/amt\/fragen$/);
      await look(page, 'liste', script);
      await page.locator('main td a, main th a').first().click();
      await page.waitForURL(/\/amt\/fragen\/[0-9a-f-]{36}$/);
      assert.match(await main(page), /Schildkröte/);
      await page.getByRole('button', { name: 'Frage annehmen' }).click();
      await page.waitForLoadState();
      await look(page, 'frage', script);
      await page.fill('[name="text"]', 'Fragen Sie bitte das Tierheim.');
      await page.getByRole('button', { name: 'Antwort als E-Mail senden' }).click();
      await page.waitForURL(/erledigt/);
      assert.match(await main(page), /Erledigt/);
    });
  });
}
