import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { lookAt, openJourney, skip, unfold } from '../support/journey.ts';

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
async function visitor(script: boolean): Promise<Page> {
  const look: BrowserContextOptions = script ? { viewport: { width: 320, height: 640 }, colorScheme: 'dark' } : { viewport: { width: 1200, height: 900 } };
  const page = await (await browser.newContext({ javaScriptEnabled: script, locale: 'de-DE', acceptDownloads: true, ...look })).newPage();
  await page.goto(`${city.url}/anmelden/beschaeftigte?weiter=/assistent`);
  await page
    .getByRole('button', { name: /Anke Altmann/ })
    .first()
    .click();
  await page.waitForURL((url) => url.pathname === '/assistent');
  return page;
}

const press = async (page: Page, name: string | RegExp): Promise<void> => {
  await page.getByRole('button', { name }).first().click();
  await page.waitForLoadState();
};

const NOTICE = `Der Wochenmarkt am Rathaus öffnet am Freitag um 8:00 Uhr. Die Stände vergibt das Marktamt jedes Jahr neu.
Wer einen Stand möchte, schreibt bis zum 31. Januar 2027 an das Marktamt. Ein Stand kostet 45,50 Euro am Tag.
Das Wetter war im November kühl. Die Kantine bietet am Dienstag Suppe an.`;

for (const script of [false, true]) {
  describe(script ? 'the assistant on a small phone in the dark, with JavaScript' : 'the assistant without JavaScript', { skip }, () => {
    const look = (page: Page, what: string): Promise<void> => lookAt(page, `assistant-${script ? 'js' : 'nojs'}-${what}`, what, script);

    it('summarises, writes a letter, and takes both along', { timeout: 180_000 }, async () => {
      const page = await visitor(script);
      await look(page, 'start');
      await page.getByRole('link', { name: 'Zusammenfassen' }).click();
      await page.getByRole('button', { name: 'Zusammenfassen' }).click();
      assert.match(await page.locator('main').innerText(), /Wählen Sie ein Dokument/);
      await page.fill('[name="text"]', NOTICE);
      await page.check('[name="length"][value="short"]');
      await look(page, 'zusammenfassen');
      await press(page, 'Zusammenfassen');
      await page.waitForURL(/ergebnisse\/[0-9a-f-]{36}$/);
      const summary = await page.locator('main').innerText();
      assert.match(summary, /Ohne KI: Auszug aus dem Dokument/);
      assert.match(summary, /Eingefügter Text, Seite 1/);
      await look(page, 'auszug');

      await page.goto(`${city.url}/assistent/schreiben`);
      await page.fill('[name="subject"]', 'Ihr Stand auf dem Wochenmarkt');
      await page.fill('[name="points"]', 'Ihr Stand ist ab Freitag frei\nbitte melden Sie sich im Marktamt');
      await page.selectOption('[name="salutation"]', 'frau');
      await page.fill('[name="name"]', 'Dr. Yıldız');
      await look(page, 'schreiben');
      // the keyboard alone sends, where there are scripts
      if (script) await page.locator('[name="points"]').press('Control+Enter');
      else await press(page, 'Schreiben');
      await page.waitForURL(/ergebnisse\/[0-9a-f-]{36}$/);
      assert.match(
        await page.locator('#antwort').innerText(),
        /Sehr geehrte Frau Dr\. Yıldız,\s+Ihr Stand ist ab Freitag frei\. Bitte melden Sie sich im Marktamt\./,
      );
      assert.match(await page.locator('main').innerText(), /Name und Stelle/);
      await unfold(page.locator('details', { hasText: 'Text bearbeiten' }));
      await page.fill('[name="text"]', 'Sehr geehrte Frau Dr. Yıldız,\n\nIhr Stand ist frei.\n\nMarktamt');
      await press(page, 'Speichern');
      await press(page, 'Ich habe den Text geprüft');
      assert.match(await page.locator('.k-made').innerText(), /Von Ihnen bearbeitet\. Geprüft von Anke Altmann/);
      await look(page, 'brief');
      for (const [name, begin] of [
        ['Als DOCX', 'PK'],
        ['Als PDF', '%PDF'],
      ] as const) {
        const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
        assert.equal(
          readFileSync(await download.path())
            .subarray(0, begin.length)
            .toString('latin1'),
          begin,
        );
      }
    });

    it('summarises a document page by page and answers from it, each sentence one click from its place', { timeout: 180_000 }, async () => {
      const page = await visitor(script);
      // kept by the form that every page of collections has
      const name = `Wochenmarkt ${script ? 'mit' : 'ohne'} Skript`;
      const kept = await page.request.post(`${city.url}/assistent/sammlungen/eigene/dokumente`, {
        multipart: { file: { name: `${name}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`${NOTICE}\n\nAngelegt für ${name}.`) } },
      });
      assert.ok(kept.ok(), `${kept.status()} ${(await kept.text()).slice(0, 300)}`);
      await page.goto(`${city.url}/assistent/zusammenfassen`);
      for (let tries = 0; tries < 60 && (await page.getByLabel(name).count()) === 0; tries++) {
        await page.waitForTimeout(1000);
        await page.reload();
      }
      await page.getByLabel(name).check();
      await press(page, 'Zusammenfassen');
      await page.waitForURL(/ergebnisse\/[0-9a-f-]{36}$/);
      await page.locator('.k-cited__place a').first().click();
      await page.waitForURL(/dokumente\/[0-9a-f-]{36}\?seite=1&von=\d+&bis=\d+#stelle/);
      assert.ok((await page.locator('mark#stelle').innerText()).length > 10);

      await page.goto(`${city.url}/assistent/recherche`);
      await page.fill('[name="question"]', 'Was kostet ein Stand auf dem Wochenmarkt am Tag?');
      await look(page, 'recherche');
      await press(page, 'Frage stellen');
      await page.waitForURL(/ergebnisse\/[0-9a-f-]{36}$/);
      await look(page, 'antwort');
      await page.locator('.k-cited li', { hasText: '45,50 Euro' }).locator('.k-cited__place a').first().click();
      assert.match(await page.locator('mark#stelle').innerText(), /Ein Stand kostet 45,50 Euro am Tag\./);

      await page.goto(`${city.url}/assistent/recherche`);
      await page.fill('[name="question"]', 'Wo bekomme ich einen Reisepass?');
      await press(page, 'Frage stellen');
      await page.waitForURL(/ergebnisse\/[0-9a-f-]{36}$/);
      assert.match(await page.locator('main').innerText(), /Dazu steht nichts in den Quellen/);
    });

    it('talks with the model of the demo, which says what it is, and deletes the conversation', { timeout: 120_000 }, async () => {
      const page = await visitor(script);
      await page.goto(`${city.url}/assistent/gespraeche`);
      await page.fill('[name="text"]', 'Der Vermerk hält fest, was besprochen wurde. Was ist ein Vermerk?');
      await page.check('[name="dataClass"][value="public"]');
      await look(page, 'gespraech-neu');
      await press(page, 'Senden');
      await page.waitForURL(/gespraeche\/[0-9a-f-]{36}/);
      if (!script)
        for (let tries = 0; tries < 5 && (await page.getByRole('link', { name: 'Weiter warten' }).count()) > 0; tries++)
          await page.getByRole('link', { name: 'Weiter warten' }).click();
      await page.locator('.k-turn .k-answer:not([data-text])').waitFor({ timeout: 30_000 });
      assert.match(await page.locator('.k-made').innerText(), /KI-erzeugt, bitte prüfen[\s\S]*Demo/);
      assert.ok((await page.locator('.k-answer').getAttribute('data-ai-generated'))?.includes('gespraech@1'));
      await look(page, 'gespraech');
      await unfold(page.locator('details', { hasText: 'Gespräch löschen' }));
      await press(page, 'Gespräch löschen');
      assert.doesNotMatch(await page.locator('main').innerText(), /Was ist ein Vermerk/);
    });

    it('shares a prompt and uses it', { timeout: 120_000 }, async () => {
      const page = await visitor(script);
      await page.goto(`${city.url}/assistent/vorlagen/neu`);
      const title = `Absage ${script ? 'mit' : 'ohne'} Skript`;
      await page.fill('[name="title"]', title);
      await page.selectOption('[name="entrance"]', 'writing');
      await page.check('[name="visibility"][value="city"]');
      await page.fill('[name="text"]', 'leider gibt es {{Was}} nicht mehr');
      await press(page, 'Speichern');
      await look(page, 'vorlage');
      await page.getByRole('link', { name: 'Benutzen' }).click();
      await page.fill('[name="v.Was"]', 'den Stand');
      await press(page, 'Benutzen');
      assert.equal(await page.inputValue('[name="points"]'), 'leider gibt es den Stand nicht mehr');
      await page.goto(`${city.url}/assistent/vorlagen`);
      await look(page, 'vorlagen');
      await page.goto(`${city.url}/assistent/textbausteine`);
      await look(page, 'textbausteine');
    });
  });
}
