import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { legalDay } from '../../src/kernel/time.ts';
import { quarterBefore, quarterOf } from '../../src/modules/cockpit/domain/quarter.ts';
import { needs, temporaryFolder } from '../../src/platform/documents/testing.ts';
import { lookAt, openJourney, skip, unfold } from '../support/journey.ts';
import { lineOf, printedOver, printedWords } from '../support/words-on-pages.ts';

const folder = temporaryFolder();
let browser: Browser;
let city: CityForAWhile;
before(async () => {
  if (skip === false) ({ browser, city } = await openJourney());
});
after(async () => {
  await browser?.close();
  await city?.stop();
});

const main = (page: Page): Promise<string> => page.locator('main').innerText();

/** The demo is filled behind; the strategy comes late in it. */
async function untilFilled(page: Page): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    await page.goto(`${city.url}/strategie/berichte`);
    if ((await page.locator('main tbody tr').count()) > 1) return;
    assert.ok(Date.now() < until, 'the demo has no strategy after a minute');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

describe('a quarter of the Senate', { skip }, () => {
  it('sees what is off track and why, follows it to a service and an event, reads the report, records a decision', async () => {
    const page = await (await browser.newContext({ viewport: { width: 1200, height: 900 }, locale: 'de-DE', colorScheme: 'light' })).newPage();
    await untilFilled(page);
    await page.goto(`${city.url}/anmelden/beschaeftigte?weiter=/strategie`);
    await page.getByRole('button', { name: /Sven Senat/ }).click();
    await page.waitForURL(/\/strategie$/);
    await lookAt(page, 'strategie-start', 'the strategy', true);
    await page.getByRole('link', { name: 'Für den Senat' }).click();
    await page.waitForURL(/\/senat$/);
    assert.match(await main(page), /Digital-Lotsen[^]*nicht auf Kurs[^]*seit 40 Tagen überfällig[^]*DIPAS/);
    assert.match(await main(page), /Verschobene Termine[^]*Pläne ohne Papier prüfen/);
    await lookAt(page, 'strategie-senat', 'the page of the Senate', true);
    await page.locator('#lage').getByRole('link', { name: 'Hamburg – digital für dich', exact: true }).first().click();
    await page.waitForURL(/massnahmen\/digital-fuer-dich$/);
    assert.match(await main(page), /„Digital-Lotsen“ ist rot und muss zuerst fertig sein/);
    await lookAt(page, 'strategie-massnahme', 'a measure', true);
    await page.locator('#spur').getByRole('link', { name: 'Hund anmelden' }).click();
    await page.waitForURL(/spur\/leistung\/hund$/);
    await lookAt(page, 'strategie-leistung', 'a service in the trace', true);
    await page.getByRole('link', { name: 'procedure.antrag-eingereicht' }).click();
    await page.waitForURL(/spur\/ereignis/);
    assert.match(await main(page), /zuletzt Eintrag \d+ vom[^]*Dienste, die genutzt werden/);
    await lookAt(page, 'strategie-ereignis', 'an event in the trace', true);
    await page.goto(`${city.url}/strategie/berichte`);
    const link = page.locator('main tbody a').nth(1);
    const pdf = await page.request.get(`${city.url}${await link.getAttribute('href')}`);
    assert.deepEqual([pdf.status(), pdf.headers()['content-type']], [200, 'application/pdf']);
    readReport(await pdf.body());
    await lookAt(page, 'strategie-berichte', 'the reports', true);
    await recordDecision(page);
  });

  /** As it is printed: the figures of its own quarter, each on the line of its name, and nothing over anything else. */
  function readReport(pdf: Buffer): void {
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
    if (needs('pdftotext', 'poppler-utils').skip !== false) return;
    const path = join(folder, 'bericht.pdf');
    writeFileSync(path, pdf);
    const words = printedWords(path);
    assert.deepEqual(printedOver(words), []);
    const quarter = quarterBefore(quarterOf(legalDay(Temporal.Now.instant())));
    assert.match(lineOf(words, 'Bericht'), new RegExp(`${quarter.number}\\. Quartal ${quarter.year}`));
    // invented by the demo for every month, so that it is known of every quarter
    assert.match(lineOf(words, 'Beispielreihe (erfunden)'), /(\d+(,\d)? % ){2}/);
    for (const name of ['Online-Anteil', 'Automatisch entschieden', 'Servicekonten'])
      assert.match(lineOf(words, name), /\d|unbekannt|zu wenige/, `${name} has its value beside it`);
  }

  async function recordDecision(page: Page): Promise<void> {
    await page.goto(`${city.url}/strategie/entscheidungen`);
    await page.getByRole('link', { name: 'Entscheidung festhalten' }).click();
    await page.fill('[name="key"]', 'lotsen-abends');
    await page.selectOption('[name="measure"]', 'digitallotsen');
    await page.fill('[name="question"]', 'Wann helfen die Lotsen?');
    await page.fill('[name="options"]', 'Nur am Vormittag\nAuch am Abend');
    await page.fill('[name="chosen"]', '2');
    await page.fill('[name="reasons"]', 'Viele arbeiten am Vormittag.');
    await page.fill('[name="decidedOn"]', '20.11.2026');
    await page.fill('[name="decidedBy"]', 'Lenkungskreis');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.waitForLoadState();
    assert.match(await main(page), /Schreiben Sie den Grund der Änderung/);
    await lookAt(page, 'strategie-bearbeiten-falsch', 'a decision without a reason', true);
    await page.fill('[name="reason"]', 'Beschluss vom 20. November.');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.waitForURL(/entscheidungen#d-lotsen-abends$/);
    await lookAt(page, 'strategie-entscheidungen', 'decisions', true);
  }

  it('the public reads it on a small phone in the dark, and comments', async () => {
    const page = await (await browser.newContext({ viewport: { width: 320, height: 640 }, locale: 'de-DE', colorScheme: 'dark' })).newPage();
    for (const [path, name] of [
      ['', 'start'],
      ['/gesellschaft', 'feld'],
      ['/spur', 'spur'],
      ['/daten', 'daten'],
      ['/entscheidungen', 'entscheidungen'],
      ['/einbetten/ampel', 'einbetten'],
    ] as const) {
      await page.goto(`${city.url}/strategie${path}`);
      await lookAt(page, `strategie-klein-${name}`, name, true);
    }
    await page.goto(`${city.url}/strategie/entscheidungen`);
    assert.match(await main(page), /Wann helfen die Lotsen\?[^]*Auch am Abend[^]*gewählt[^]*Viele arbeiten am Vormittag/);
    await page.goto(`${city.url}/strategie/massnahmen/digitallotsen`);
    await unfold(page.locator('#kommentare details'));
    await page.fill('#kommentare [name="text"]', 'Danke für den Abend.');
    await page.fill('#kommentare [name="name"]', 'Pia');
    await page.getByRole('button', { name: 'Kommentar senden' }).click();
    await page.waitForURL(/\/kommentar\//);
    assert.match(await main(page), /wartet auf Prüfung/);
    await lookAt(page, 'strategie-klein-kommentar', 'the receipt of a comment', true);
  });

  it('the unit looks at the comment and publishes it, without JavaScript', async () => {
    const page = await (await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1200, height: 900 }, locale: 'de-DE' })).newPage();
    await page.goto(`${city.url}/anmelden/beschaeftigte?weiter=/strategie/kommentare`);
    await page.getByRole('button', { name: /Sven Senat/ }).click();
    await page.waitForURL(/\/kommentare$/);
    await page.getByRole('button', { name: /Veröffentlichen ?: Pia/ }).click();
    await page.waitForLoadState();
    await page.goto(`${city.url}/strategie/massnahmen/digitallotsen`);
    assert.match(await main(page), /Pia[^]*Danke für den Abend/);
    await lookAt(page, 'strategie-kommentiert', 'a measure with a comment', false);
  });
});
