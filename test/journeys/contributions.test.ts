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

/** Without JavaScript on a desk, with it on a small phone in the dark. */
async function visitor(script: boolean, dark = script): Promise<Page> {
  const viewport = script ? { width: 320, height: 640 } : { width: 1200, height: 900 };
  const scheme = dark ? 'dark' : 'light';
  return (await browser.newContext({ javaScriptEnabled: script, viewport, locale: 'de-DE', colorScheme: scheme })).newPage();
}

const BASE = '/beteiligung/ottensen-77';
const look = (page: Page, what: string, script: boolean): Promise<void> => lookAt(page, `contributions-${script ? 'js' : 'nojs'}-${what}`, what, script);
const main = (page: Page): Promise<string> => page.locator('main').innerText();

for (const script of [false, true]) {
  describe(script ? 'the map of contributions on a small phone in the dark, with JavaScript' : 'the map of contributions without JavaScript', { skip }, () => {
    const title = `Bank am Weg, ${script ? 'mit' : 'ohne'} Skript`;
    let own = '';

    it('leads from the list of displays to the participation and to its display, and back', async () => {
      const page = await visitor(script);
      await page.goto(`${city.url}/beteiligung`);
      await look(page, 'liste', script);
      await page.getByRole('link', { name: 'Ottensen 77: Was ist Ihnen wichtig?' }).click();
      await page.waitForURL(/ottensen-77/);
      if (script) await page.waitForSelector('kontor-map[data-ready]', { timeout: 20_000 }).catch(() => {});
      await look(page, 'beteiligung', script);
      assert.match(await main(page), /Die alten Linden müssen bleiben/);
      assert.doesNotMatch(await main(page), /Günstige Kredite/);
      await page.getByRole('link', { name: 'Ottensen 77 (Demo): frühzeitige Beteiligung' }).click();
      await page.waitForURL(/beteiligung\/[0-9a-f-]{36}/);
      await look(page, 'auslegung', script);
      await page.getByRole('link', { name: 'Ottensen 77: Was ist Ihnen wichtig?' }).click();
      await page.waitForURL(/ottensen-77/);
      await page.goto(`${city.url}${BASE}?kategorie=gruen&folge=unterstuetzung`);
      const first = await page.locator('.k-statement').first().innerText();
      assert.match(first, /Linden/, 'the most supported first');
      await look(page, 'gefiltert', script);
    });

    it('takes a contribution with a place, and shows what becomes of it', async () => {
      const page = await visitor(script);
      await page.goto(`${city.url}${BASE}/beitrag`);
      await look(page, 'formular', script);
      await page.fill('[name="title"]', '');
      await page.getByRole('button', { name: 'Beitrag absenden' }).click();
      await page.waitForLoadState();
      assert.match(await main(page), /Wählen Sie eine Kategorie aus/);
      await look(page, 'formular-falsch', script);
      await page.selectOption('[name="category"]', 'spiel');
      await page.fill('[name="title"]', title);
      await page.fill('[name="text"]', 'Wer nicht weit gehen kann, braucht eine Bank. Donaudampfschifffahrtsgesellschaftskapitänsmützenhersteller auch.');
      if (script) {
        await page.fill('[name="place.lon"]', '9,9345');
        await page.fill('[name="place.lat"]', '53,5575');
      } else {
        const picture = page.locator('input.k-map__picture--l');
        const box = (await picture.boundingBox())!;
        await picture.click({ position: { x: box.width / 2, y: box.height / 2 } });
        await page.waitForLoadState();
        assert.equal(await page.inputValue('[name="title"]'), title, 'a click on the picture keeps what was typed');
      }
      await look(page, 'formular-ort', script);
      await page.getByRole('button', { name: 'Beitrag absenden' }).click();
      await page.waitForURL(/mein-beitrag/);
      own = page.url();
      assert.match(await main(page), /Die Behörde liest ihn/);
      await look(page, 'eigener', script);
    });

    it('is published and answered by the authority, which sees counts and takes the report along', async () => {
      const page = await visitor(script);
      await page.goto(`${city.url}/anmelden/beschaeftigte?weiter=/amt/beteiligung`);
      await page
        .getByRole('button', { name: /Anke Altmann/ })
        .first()
        .click();
      await page.waitForURL(/amt\/beteiligung/);
      await look(page, 'amt-liste', script);
      await page.getByRole('link', { name: 'Ottensen 77: Was ist Ihnen wichtig?' }).click();
      await page.waitForURL(/amt\/beteiligung\/ottensen-77/);
      await look(page, 'amt', script);
      const row = page.locator('li.k-statement', { hasText: title });
      await row.getByRole('button', { name: 'Veröffentlichen' }).click();
      await page.waitForLoadState();
      await page.goto(`${city.url}/amt/beteiligung/ottensen-77?ansicht=alle&nach=21`);
      const shown = page.locator('li.k-statement', { hasText: title });
      await shown.locator('summary', { hasText: 'Antworten' }).click();
      await shown.locator('textarea[name="text"]').fill('Eine Bank ist vorgesehen.');
      await look(page, 'amt-antwort', script);
      await shown.getByRole('button', { name: 'Antworten' }).click();
      await page.waitForLoadState();
      await page.goto(`${city.url}/amt/beteiligung/ottensen-77/auswertung`);
      await look(page, 'auswertung', script);
      const pdf = await page.request.get(`${city.url}/amt/beteiligung/ottensen-77/auswertung/bericht.pdf`);
      assert.equal(pdf.headers()['content-type'], 'application/pdf');
      await page.goto(`${city.url}/amt/beteiligung/neu`);
      await look(page, 'amt-neu', script);
    });

    it('is supported once, commented, reported, and deleted by its author', async () => {
      const page = await visitor(script);
      await page.goto(own);
      assert.match(await main(page), /Eine Bank ist vorgesehen/);
      await page.getByRole('link', { name: 'Auf der Seite ansehen' }).click();
      await page.waitForURL(/beitrag\/\d+/);
      const address = page.url();
      await page.getByRole('button', { name: 'Unterstützen', exact: true }).click();
      await page.waitForLoadState();
      assert.match(await main(page), /1 Unterstützung\b[\s\S]*Sie unterstützen diesen Beitrag/);
      const cookies = await page.context().cookies();
      assert.deepEqual(
        cookies.map(({ name }) => name),
        ['kontor_mitreden'],
      );
      await look(page, 'beitrag', script);
      await page.locator('summary', { hasText: 'Etwas melden' }).click();
      await page.selectOption('[name="reason"]', 'sonst');
      await look(page, 'beitrag-melden', script);
      await page.getByRole('button', { name: 'Melden', exact: true }).click();
      await page.waitForURL(/gemeldet/);
      assert.match(await main(page), /Die Behörde sieht sich das an/);
      await page.fill('#kommentare textarea', 'Gern auch mit Lehne.');
      await page.getByRole('button', { name: 'Kommentar absenden' }).click();
      await page.waitForURL(/mein-beitrag/);
      await page.goto(own);
      await page.locator('summary', { hasText: 'Löschen' }).click();
      await page.getByRole('button', { name: 'Endgültig löschen' }).click();
      await page.waitForURL(/geloescht/);
      assert.match(await main(page), /ist nicht mehr da/);
      assert.equal((await page.goto(address))?.status(), 404);
    });

    it('speaks English and Leichte Sprache', async () => {
      const page = await visitor(script, false);
      for (const [lang, said] of [
        ['en', /Write a contribution/],
        ['leicht', /Etwas schreiben/],
      ] as const) {
        await page.goto(`${city.url}${BASE}?lang=${lang}`);
        assert.match(await main(page), said);
        await look(page, `beteiligung-${lang}`, script);
        await page.goto(`${city.url}${BASE}/beitrag/1?lang=${lang}`);
        await look(page, `beitrag-${lang}`, script);
      }
    });
  });
}
