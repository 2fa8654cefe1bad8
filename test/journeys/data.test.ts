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
async function administration(script: boolean, path: string): Promise<Page> {
  const viewport = script ? { width: 320, height: 640 } : { width: 1200, height: 900 };
  const page = await (await browser.newContext({ javaScriptEnabled: script, viewport, locale: 'de-DE' })).newPage();
  await page.goto(`${city.url}/anmelden/beschaeftigte?weiter=${path}`);
  await page
    .getByRole('button', { name: /Arne Admin/ })
    .first()
    .click();
  await page.waitForURL(new RegExp(path));
  return page;
}

const CSV = `nr,name,lon,lat\n${Array.from({ length: 150 }, (_, n) => `${n},Sehr lange Haltestellenbezeichnung Nummer ${n},${n % 10 === 0 ? 'fehlt' : 9.9 + n / 10_000},53.55`).join('\n')}`;

for (const script of [false, true]) {
  const look = (page: Page, what: string): Promise<void> => lookAt(page, `data-${script ? 'js' : 'nojs'}-${what}`, what, script);
  describe(script ? 'collections on a small phone, with JavaScript' : 'collections without JavaScript', { skip }, () => {
    it('the administration makes a collection, brings a file, reads what was rejected, and deletes it', async () => {
      const page = await administration(script, '/verwaltung/daten');
      const id = `haltestellen-${script ? 'js' : 'nojs'}`;
      await look(page, 'liste');
      await page.fill('[name="id"]', 'Große Haltestellen');
      await page.getByRole('button', { name: 'Sammlung anlegen' }).click();
      await page.waitForLoadState();
      assert.match(await page.locator('main').innerText(), /beginnt mit einem kleinen Buchstaben/);
      await look(page, 'neu-falsch');
      await page.fill('[name="id"]', id);
      await page.fill('[name="title"]', 'Haltestellen');
      await page.fill('[name="keyProperty"]', 'nr');
      await page.getByRole('button', { name: 'Sammlung anlegen' }).click();
      await page.waitForURL(new RegExp(id));
      await look(page, 'leer');
      await page.setInputFiles('[name="file"]', { name: 'haltestellen.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) });
      await page.getByRole('button', { name: 'Einlesen' }).first().click();
      await page.waitForURL(/importe/);
      for (let tries = 0; tries < 50 && (await page.getByRole('link', { name: 'Stand neu laden' }).count()) > 0; tries += 1) {
        if (tries === 0) await look(page, 'laeuft');
        await page.waitForTimeout(200);
        await page.reload();
      }
      assert.match(await page.locator('main').innerText(), /fertig/);
      assert.match(await page.locator('table').innerText(), /fehlt|Zahl|Ort/);
      await look(page, 'abgewiesen');
      await page.goto(`${city.url}/verwaltung/daten/${id}`);
      await page.fill('[name="url"]', 'http://169.254.169.254/latest/meta-data');
      await page.getByRole('button', { name: 'Einlesen' }).last().click();
      await page.waitForLoadState();
      assert.match(await page.locator('main').innerText(), /Netz, das nicht öffentlich ist/);
      await look(page, 'adresse-falsch');
      await page.goto(`${city.url}/verwaltung/daten/${id}/beschreiben`);
      await page.fill('[name="owner"]', 'Verkehrsverbund');
      await page.selectOption('[name="renewedEvery"]', 'P1D');
      await look(page, 'beschreiben');
      await page.getByRole('button', { name: 'Speichern' }).click();
      await page.waitForURL(new RegExp(`${id}$`));
      assert.match(await page.locator('main').innerText(), /Verkehrsverbund/);
      await page.goto(`${city.url}/verwaltung/daten/${id}?lang=leicht`);
      await look(page, 'leicht');
      await page.goto(`${city.url}/verwaltung/daten/${id}/loeschen`);
      await look(page, 'loeschen');
      await page.fill('[name="confirm"]', id);
      await page.getByRole('button', { name: 'Sammlung löschen' }).click();
      await page.waitForURL(/daten$/);
      assert.doesNotMatch(await page.locator('main').innerText(), new RegExp(id));
    });
    it('the administration declares a connector, sees why it fails, and pauses it', async () => {
      const page = await administration(script, '/verwaltung/anschluesse');
      const name = `Pegel der Hafenbehörde ${script ? 'mit' : 'ohne'} Skript`;
      await page.fill('[name="name"]', name);
      await page.fill('[name="declaration"]', '{"kind": "rest"');
      await page.getByRole('button', { name: 'Anschluss in Betrieb nehmen' }).click();
      await page.waitForLoadState();
      assert.match(await page.locator('main').innerText(), /Das ist kein JSON/);
      await page.locator('summary').first().click();
      await look(page, 'anschluss-falsch');
      const [stream] = ((await (await fetch(`${city.url}/sta/v1.1/Datastreams?$top=1`)).json()) as { value: { '@iot.id': number }[] }).value;
      // a name that is there, behind a port where nobody listens: example.com answers nothing on 1
      const declaration = {
        kind: 'rest',
        url: 'http://[2606:2800:220:1:248:1893:25c8:1946]:1/werte',
        everySeconds: 3600,
        mapping: { stream: stream?.['@iot.id'] ?? 1, result: 'wert' },
      };
      await page.fill('[name="declaration"]', JSON.stringify(declaration));
      await page.getByRole('button', { name: 'Anschluss in Betrieb nehmen' }).click();
      await page.waitForURL(/anschluesse\/[0-9a-f-]+$/);
      for (let tries = 0; tries < 150 && !/gestört/.test(await page.locator('main').innerText()); tries += 1) {
        await page.waitForTimeout(200);
        await page.reload();
      }
      assert.match(await page.locator('main').innerText(), /gestört/);
      await look(page, 'anschluss-gestoert');
      await page.getByRole('button', { name: 'Anhalten' }).click();
      await page.waitForLoadState();
      assert.match(await page.locator('main').innerText(), /ruht/);
      await page.getByRole('link', { name: 'Anschluss entfernen' }).click();
      await look(page, 'anschluss-entfernen');
      await page.goto(`${city.url}/verwaltung/anschluesse`);
      await look(page, 'anschluesse');
    });
  });
}
