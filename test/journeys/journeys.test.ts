import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { samplePicture } from '../../src/commands/sample-picture.ts';
import { OUT, cleanForAxe, openJourney, photograph, skip } from '../support/journey.ts';

let browser: Browser;
let city: CityForAWhile;
let pagesChecked = 0;

before(async () => {
  if (skip !== false) return;
  ({ browser, city } = await openJourney());
  writeFileSync(join(OUT, 'foto.png'), samplePicture());
});
after(async () => {
  await browser?.close();
  await city?.stop();
  if (skip === false) assert.ok(pagesChecked >= 12, `only ${pagesChecked} pages were looked at`);
});

/** A person at a browser: every page they reach is looked at, photographed and, with JavaScript, given to axe. */
class Person {
  readonly page: Page;
  readonly #name: string;
  readonly #script: boolean;
  #count = 0;
  constructor(page: Page, name: string, script: boolean) {
    this.page = page;
    this.#name = name;
    this.#script = script;
  }

  async look(what: string): Promise<void> {
    pagesChecked += 1;
    this.#count += 1;
    await photograph(this.page, `${this.#name}-${String(this.#count).padStart(2, '0')}-${what}`);
    const title = await this.page.textContent('h1');
    assert.ok(title !== null && title.trim() !== '', `${what} has no heading`);
    if (!this.#script) return;
    await cleanForAxe(this.page, what);
  }

  async goTo(path: string, what: string): Promise<void> {
    const answer = await this.page.goto(city.url + path);
    assert.ok(answer !== null && answer.status() < 400, `${path}: ${answer?.status()}`);
    await this.look(what);
  }

  /** Comes back to a page until it says so: the Bescheid is made behind. */
  async waitFor(path: string, says: RegExp): Promise<void> {
    for (let tries = 0; tries < 60; tries++) {
      await this.page.goto(city.url + path);
      if (says.test((await this.page.textContent('main')) ?? '')) return;
      await this.page.waitForTimeout(500);
    }
    assert.fail(`${path} does not say ${says} after 30 s`);
  }

  async press(label: string): Promise<void> {
    await this.page.locator('main').getByRole('button', { name: label, exact: false }).first().click();
    await this.page.waitForLoadState();
  }

  async choose(field: string, value: string): Promise<void> {
    // by keyboard, as people without a mouse do; and a map that is still loading cannot move the target away
    await this.page.focus(`input[name="${field}"][value="${value}"]`);
    await this.page.keyboard.press('Space');
    assert.ok(await this.page.isChecked(`input[name="${field}"][value="${value}"]`), `${field} is ${value}`);
  }

  async type(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(fields)) await this.page.fill(`[name="${name}"]`, value);
  }
}

async function person(
  name: string,
  script: boolean,
  options: { width: number; height: number } = { width: 1200, height: 900 },
): Promise<{ who: Person; context: BrowserContext }> {
  const context = await browser.newContext({ javaScriptEnabled: script, viewport: options, locale: 'de-DE', acceptDownloads: true });
  return { who: new Person(await context.newPage(), name, script), context };
}

async function signIn(who: Person, way: 'eid' | 'beschaeftigte', name: string, next: string): Promise<void> {
  await who.page.goto(`${city.url}/anmelden/${way}?weiter=${encodeURIComponent(next)}`);
  await who.page.getByRole('button', { name }).first().click();
  await who.page.waitForLoadState();
}

const ADDRESS = { street: 'Beispielstraße', houseNumber: '12', postcode: '22765', place: 'Hamburg' };
const address = (field: string): Record<string, string> => Object.fromEntries(Object.entries(ADDRESS).map(([part, value]) => [`${field}.${part}`, value]));

for (const script of [true, false]) {
  const mode = script ? 'with JavaScript' : 'without JavaScript';
  describe(`Baumfällung ${mode}`, { skip }, () => {
    it('from the front door to the sealed Bescheid', async () => {
      const { who, context } = await person(script ? 'baum-js' : 'baum-nojs', script);
      await who.goTo('/?q=Baum+im+Garten+krank', 'suche');
      await who.goTo('/leistungen/baumfaellung', 'leistung');
      await signIn(who, 'eid', 'Katharina Petersen', '/antrag/neu/baumfaellung');
      await who.look('beginn');
      await who.press('Antrag beginnen');
      await who.type({ 'position.lat': '53,5577', 'position.lon': '9,9352', circumferenceCm: 'dick' });
      for (const [field, value] of [
        ['species', 'kastanie'],
        ['growth', 'single'],
        ['inGroup', 'nein'],
        ['reason', 'krank'],
      ] as const)
        await who.choose(field, value);
      await who.type({ reasonText: 'Die halbe Krone ist kahl.' });
      await who.press('Speichern und weiter');
      await who.look('fehler');
      assert.equal(await who.page.inputValue('[name="circumferenceCm"]'), 'dick', 'what was typed is kept');
      assert.equal(await who.page.inputValue('[name="reasonText"]'), 'Die halbe Krone ist kahl.');
      assert.match((await who.page.textContent('[role="alert"]')) ?? '', /Zahl von 5 bis 1200/);
      await who.type({ circumferenceCm: '142' });
      await who.page.setInputFiles('input[type="file"]', join(OUT, 'foto.png'));
      if (script) await who.page.waitForSelector('.k-file');
      await who.press('Speichern und weiter');
      await who.look('baeume');
      const draft = new URL(who.page.url()).pathname.split('/')[2]!;
      await who.page.goto(`${city.url}/antrag/${draft}/seite/grundstueck`);
      await who.type({ ...address('site'), flurstueck: '1234/5' });
      await who.choose('owner', 'ja');
      await who.press('Speichern und weiter');
      await who.type({ plannedOn: '15.01.2031' });
      await who.choose('urgent', 'nein');
      await who.choose('hasReplacement', 'ja');
      await who.press('Speichern und weiter');
      await who.look('person');
      assert.equal(await who.page.inputValue('[name="familyName"]'), 'Petersen', 'the Servicekonto fills in what it knows');
      await who.choose('truthful', 'ja');
      await who.press('Speichern und weiter');
      await who.look('pruefen');
      await who.press('Jetzt einreichen');
      await who.look('eingereicht');
      const caseId = new URL(who.page.url()).pathname.split('/')[2]!;
      await officerDecides(caseId, script);
      await who.waitFor(`/vorgang/${caseId}`, /Widerspruch möglich bis/);
      await who.look('bescheid');
      assert.match((await who.page.textContent('main')) ?? '', /Widerspruch möglich bis/);
      await who.goTo('/postfach', 'postfach');
      const letter = await context.request.get(`${city.url}${await bescheidHref(who, caseId)}`);
      const pdf = await letter.body();
      assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
      writeFileSync(join(OUT, 'bescheid.pdf'), pdf);
      await who.goTo('/pruefen', 'pruefseite');
      await who.page.setInputFiles('input[type="file"]', join(OUT, 'bescheid.pdf'));
      await who.press('Prüfen');
      await who.look('echt');
      assert.match((await who.page.textContent('main')) ?? '', /Echt und unverändert/);
      await context.close();
    });
  });
}

async function bescheidHref(who: Person, caseId: string): Promise<string> {
  await who.page.goto(`${city.url}/vorgang/${caseId}`);
  const href = await who.page.getAttribute('a[href*="/schreiben/bescheid."]', 'href');
  assert.ok(href);
  return href;
}

async function officerDecides(caseId: string, script: boolean): Promise<void> {
  const { who, context } = await person(script ? 'amt-js' : 'amt-nojs', script);
  await signIn(who, 'beschaeftigte', 'Anke Altmann', '/eingang');
  await who.look('eingang');
  await who.goTo(`/eingang/${caseId}`, 'vorgang');
  const act = async (action: string, prepare: () => Promise<void> = async () => {}): Promise<void> => {
    const form = who.page.locator(`form[action$="/eingang/${caseId}/${action}"]`).first();
    const disclosure = form.locator('xpath=ancestor::details[not(@open)]').first();
    if ((await disclosure.count()) > 0) await disclosure.locator('summary').first().click();
    await prepare();
    await form.locator('button[type="submit"]').last().click();
    await who.page.waitForLoadState();
  };
  await act('confirm-complete');
  await act('draft-decision', async () => {
    const form = who.page.locator(`form[action$="/eingang/${caseId}/draft-decision"]`).first();
    await form.locator('textarea[name="draft-decision.discretion"]').fill('Der Baum ist nicht zu erhalten.');
    const fee = form.locator('input[name="draft-decision.fee"]');
    if ((await fee.count()) > 0) await fee.fill('125,00');
  });
  await who.look('entwurf');
  await act('decide');
  await who.look('entschieden');
  await context.close();
}

describe('Bewohnerparkausweis', { skip }, () => {
  const PHONE = { width: 320, height: 640 };
  const apply = async (name: string, script: boolean, remark: string, screen?: typeof PHONE) => {
    const { who, context } = await person(name, script, screen);
    await signIn(who, 'eid', 'Katharina Petersen', '/antrag/neu/bewohnerparkausweis');
    await who.press('Antrag beginnen');
    await who.look('zone');
    await who.choose('zone', 'A102');
    await who.type(address('address'));
    await who.choose('residesInZone', 'ja');
    await who.choose('blocked', 'nein');
    await who.press('Speichern und weiter');
    await who.type({ plate: 'HH-KP 2026' });
    await who.choose('trailer', 'nein');
    await who.choose('keeper', 'self');
    await who.page.setInputFiles('input[type="file"]', join(OUT, 'foto.png'));
    if (script) await who.page.waitForSelector('.k-file');
    await who.press('Speichern und weiter');
    await who.choose('renewal', 'nein');
    await who.press('Speichern und weiter');
    if (remark !== '') await who.type({ remark });
    await who.choose('truthful', 'ja');
    await who.press('Speichern und weiter');
    await who.look('pruefen');
    await who.press('Jetzt einreichen');
    await who.waitFor(new URL(who.page.url()).pathname, /vollautomatisch|Ein Mensch prüft/);
    await who.look('ergebnis');
    const text = (await who.page.textContent('main')) ?? '';
    await context.close();
    return text;
  };
  it('on a phone, without JavaScript, is decided at once', async () => assert.match(await apply('parken-nojs', false, '', PHONE), /vollautomatisch/));
  it('on a phone, with JavaScript, is decided at once', async () => assert.match(await apply('parken-js', true, '', PHONE), /vollautomatisch/));
  it('with free text a person looks at it', async () =>
    assert.match(await apply('parken-freitext', false, 'Ich bekomme bald ein neues Auto.'), /Ein Mensch prüft/));
});
