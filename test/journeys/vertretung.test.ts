import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { cleanForAxe, openJourney, photograph, skip } from '../support/journey.ts';

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

/** A person signed in with their Online-Ausweis. Without JavaScript on a desk, with it on a small phone. */
async function person(name: string, script: boolean): Promise<Page> {
  const viewport = script ? { width: 320, height: 640 } : { width: 1200, height: 900 };
  const page = await (await browser.newContext({ javaScriptEnabled: script, viewport, locale: 'de-DE' })).newPage();
  await page.goto(`${city.url}/anmelden/eid?weiter=/vertretung`);
  await page.getByRole('button', { name }).first().click();
  await page.waitForLoadState();
  return page;
}

/** Photographs the page; with JavaScript axe looks too, and nothing may be wider than the phone. */
async function look(page: Page, what: string, script: boolean): Promise<void> {
  await photograph(page, `vertretung-${script ? 'js' : 'nojs'}-${what}`);
  if (!script) return;
  assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= 320, `${what} is wider than the phone`);
  await cleanForAxe(page, what);
}

async function press(page: Page, label: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: label }).first().click();
  await page.waitForLoadState();
}

const banner = async (page: Page): Promise<string> => (await page.locator('.k-acting').allTextContents()).join();
const body = async (page: Page): Promise<string> => (await page.textContent('main')) ?? '';

async function newestLink(to: string): Promise<string> {
  for (let tries = 0; tries < 60; tries += 1) {
    const mails = (await (await fetch(`${city.url}/api/demo/post?an=${to}`)).json()) as { text: string }[];
    const link = mails.flatMap(({ text }) => /\/vertretung\/link\/[\w-]+/.exec(text)?.[0] ?? [])[0];
    if (link !== undefined) return link;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return assert.fail(`no link came to ${to}`);
}

for (const script of [false, true]) {
  describe(script ? 'Vertretung on a small phone, with JavaScript' : 'Vertretung without JavaScript', { skip }, () => {
    it('an architect asks, the owner sees exactly what for, grants, and takes it back', async () => {
      // each mode with an owner of its own, whose first link it is
      const [name, email] = script ? ['Wiebke Cordes', 'wiebke.cordes@buerger.example'] : ['Katharina Petersen', 'katharina.petersen@buerger.example'];
      const architect = await person('Elif Yılmaz', script);
      await look(architect, 'uebersicht', script);
      await architect.goto(`${city.url}/vertretung/anfragen`);
      await press(architect, 'Link schicken');
      await look(architect, 'fehler', script);
      assert.match(await body(architect), /Wählen Sie, wofür die Vollmacht gilt/);
      await architect.fill('[name="email"]', email);
      await architect.check('[name="scope"][value="named"]');
      await architect.check('[name="services"][value="baumfaellung"]');
      await press(architect, 'Link schicken');
      assert.match(await body(architect), /Wir haben eine E-Mail mit einem Link geschickt/);

      const owner = await person(name, script);
      await owner.goto(city.url + (await newestLink(email)));
      await look(owner, 'link', script);
      assert.match(await body(owner), /Elif Yılmaz bittet Sie um eine Vollmacht[\s\S]*Baum fällen[\s\S]*darf das Postfach nicht lesen/);
      await press(owner, 'Vollmacht erteilen');
      await look(owner, 'gegeben', script);

      await architect.goto(`${city.url}/vertretung`);
      await press(architect, new RegExp(`^Für diese Person handeln.*${name}`));
      assert.match(await banner(architect), new RegExp(`Sie handeln für: ${name}`));
      await architect.goto(`${city.url}/antrag/neu/baumfaellung`);
      await press(architect, 'Antrag beginnen');
      assert.match(await banner(architect), new RegExp(name));
      const draft = architect.url();
      await look(architect, 'antrag', script);

      await owner.goto(`${city.url}/vertretung`);
      await press(owner, /^Vollmacht widerrufen.*Elif Yılmaz/);
      assert.equal((await architect.goto(draft))?.status(), 404);
      assert.match(await banner(architect), /ist beendet. Sie handeln wieder für sich selbst/);
      await look(architect, 'beendet', script);
      await press(architect, 'Verstanden');
      assert.equal(await banner(architect), '');
      await owner.context().close();
      await architect.context().close();
    });

    it('a company: its page, its members, acting for it, and back', async () => {
      const architect = await person('Elif Yılmaz', script);
      await architect.getByRole('link', { name: 'Elbhaus Architektur GmbH' }).click();
      await architect.waitForLoadState();
      await look(architect, 'organisation', script);
      assert.match(await body(architect), /Yusuf Özkan[\s\S]*Bearbeitung/);
      await press(architect, 'Für diese Organisation handeln');
      assert.match(await banner(architect), /Elbhaus Architektur GmbH/);
      await architect.goto(`${city.url}/konto`);
      await look(architect, 'konto', script);
      assert.match(await body(architect), /Diese Seite zeigt Ihr eigenes Konto/);
      await press(architect, 'Wieder für mich selbst handeln');
      assert.equal(await banner(architect), '');
      await architect.goto(`${city.url}/organisationen/neu`);
      await look(architect, 'neu', script);
      await architect.context().close();
    });
  });
}
