import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { samplePdf } from '../../src/commands/sample-pdf.ts';
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

async function signedIn(kind: 'eid' | 'beschaeftigte', name: string, options: { script: boolean; width?: number; to: string }): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: options.script, viewport: { width: options.width ?? 1280, height: 900 }, locale: 'de-DE' });
  const page = await context.newPage();
  await page.goto(`${city.url}/anmelden/${kind}?weiter=${encodeURIComponent(options.to)}`);
  await page.getByRole('button', { name }).first().click();
  await page.waitForLoadState();
  return page;
}

const words = async (page: Page): Promise<string> => (await page.textContent('body')) ?? '';
const look = (page: Page, what: string, script: boolean): Promise<void> => lookAt(page, `lotsen-${what}`, what, script);

async function press(page: Page, name: string): Promise<void> {
  await page.locator('body').getByRole('button', { name }).first().click();
  await page.waitForLoadState();
}

describe('a Digitallotsin helps Katharina to register her dog', { skip }, () => {
  let person: Page;
  let guide: Page;
  let draft = '';
  let help = '';

  it('the person gets a code on a phone without JavaScript; the guide types it and sees nothing yet', async () => {
    person = await signedIn('eid', 'Katharina Petersen', { script: false, width: 320, to: '/antrag/neu/hund' });
    await press(person, 'Antrag beginnen');
    draft = /\/antrag\/([0-9a-f-]{36})/.exec(person.url())![1]!;
    await person.getByRole('link', { name: 'Hilfe von den Digitallotsen holen' }).click();
    await press(person, 'Code holen');
    const code = (await person.textContent('.k-code-big strong'))!;
    assert.match(code, /^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
    await look(person, 'code', false);
    guide = await signedIn('beschaeftigte', 'Lotte Lotse', { script: true, to: '/lotsen' });
    await look(guide, 'schreibtisch', true);
    await guide.fill('[name="code"]', 'FALSCH12');
    await press(guide, 'Hilfe anbieten');
    assert.match(await words(guide), /Dieser Code gilt nicht oder nicht mehr/);
    await guide.fill('[name="code"]', code.toLowerCase().replace('-', ' '));
    await press(guide, 'Hilfe anbieten');
    help = /\/lotsen\/hilfe\/([0-9a-f-]{36})/.exec(guide.url())![1]!;
    assert.match(await words(guide), /Erst wenn sie Ja sagt/);
    assert.equal((await guide.goto(`${city.url}/lotsen/hilfe/${help}/seite/hund`))!.status(), 404);
  });

  it('the person reads the name and the sentence and says yes; now the guide sees the page and types', async () => {
    await person.getByRole('link', { name: 'Weiter, wenn der Code eingegeben ist' }).click();
    assert.match(await words(person), /Lotte Lotse möchte Ihnen helfen/);
    await look(person, 'entscheiden', false);
    await press(person, 'Ja, ich bin einverstanden');
    await person.goto(`${city.url}/antrag/${draft}/seite/hund`);
    assert.match(await words(person), /Lotte Lotse hilft Ihnen bis/);
    await look(person, 'band', false);
    await guide.goto(`${city.url}/lotsen/hilfe/${help}`);
    assert.match(guide.url(), /\/seite\/hund$/);
    await guide.fill('[name="dogName"]', 'Bodo');
    await guide.check('[name="breed"][value="labrador"]');
    await guide.fill('[name="dogBirth"]', '01.05.2024');
    await guide.fill('[name="shoulderCm"]', '56');
    await guide.fill('[name="chip"]', '276098100000001');
    await look(guide, 'mitschreiben', true);
    await press(guide, 'Eintragen und weiter');
    assert.match(guide.url(), /\/seite\/haltung$/);
  });

  it('the page that the person had open does not wipe it out; files and declarations are the person’s', async () => {
    await press(person, 'Speichern und weiter');
    assert.match(person.url(), /\/seite\/hund$/);
    assert.equal(await person.inputValue('[name="dogName"]'), 'Bodo');
    await press(person, 'Speichern und weiter');
    assert.match(person.url(), /\/seite\/haltung$/);
    await guide.goto(`${city.url}/lotsen/hilfe/${help}/seite/person`);
    assert.equal(await guide.inputValue('[name="familyName"]'), '', 'the account fills nothing for the guide');
    assert.equal(await guide.locator('[name="truthful"]').count(), 0);
    assert.match(await words(guide), /Die Person hat noch nicht zugestimmt/);
  });

  it('the person fills in the rest and submits: the help ends with it and the case says that there was help', async () => {
    await person.fill('[name="keptSince"]', '02.05.2024');
    await person.check('[name="incident"][value="nein"]');
    await press(person, 'Speichern und weiter');
    await person.fill('[name="insurer"]', 'Elbe Versicherung');
    await person.fill('[name="policy"]', 'HV 1');
    await person.fill('[name="insuredEuro"]', '2000000');
    await person.fill('[name="ownShareEuro"]', '150');
    await person.setInputFiles('[name="nachweis"]', { name: 'police.pdf', mimeType: 'application/pdf', buffer: Buffer.from(samplePdf('police')) });
    await press(person, 'Speichern und weiter');
    assert.equal(await person.inputValue('[name="familyName"]'), 'Petersen');
    await person.check('[name="truthful"]');
    await press(person, 'Speichern und weiter');
    assert.match(person.url(), /\/pruefen$/);
    await press(person, 'Jetzt einreichen');
    assert.match(person.url(), /\/vorgang\//, await words(person));
    assert.match(await words(person), /Jemand von den Digitallotsen hat dabei mitgeschrieben/);
    assert.equal(await person.locator(`main a[href="/antrag/${draft}/hilfe"]`).count(), 1, 'the way to every step');
  });

  it('afterwards every page of it is refused to the guide', async () => {
    for (const path of [
      `/lotsen/hilfe/${help}`,
      `/lotsen/hilfe/${help}/seite/hund`,
      `/lotsen/hilfe/${help}/live`,
      `/antrag/${draft}`,
      `/vorgang/${draft}`,
      `/eingang/${draft}`,
    ]) {
      const status = (await guide.context().request.get(city.url + path)).status();
      assert.ok(status === 403 || status === 404, `${path}: ${status}`);
    }
    await guide.goto(`${city.url}/lotsen/hilfe/${help}`);
    assert.match(await words(guide), /Diese Hilfe läuft nicht/);
    assert.doesNotMatch(await words(guide), /Bodo|Petersen/);
    await look(guide, 'vorbei', true);
    await person.context().close();
    await guide.context().close();
  });
});

describe('a place with Digitallotsen', { skip }, () => {
  it('gives somebody without an account an appointment, on a phone without JavaScript, and takes it back', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 900 }, locale: 'de-DE' });
    const page = await context.newPage();
    await page.goto(`${city.url}/hilfe-vor-ort`);
    await look(page, 'orte', false);
    await page.getByRole('link', { name: 'Service-Pop-up in der Musterpassage' }).first().click();
    const days = page.getByRole('navigation', { name: 'Tage mit Terminen' }).getByRole('link');
    await days.last().click();
    await press(page, 'Termin buchen');
    assert.match(await words(page), /Wählen Sie eine Uhrzeit/);
    await page.locator('[name="at"]').first().check();
    await page.selectOption('[name="topic"]', 'online-ausweis');
    await look(page, 'termin-waehlen', false);
    await press(page, 'Termin buchen');
    assert.match(await words(page), /Ihr Termin ist gebucht/);
    await look(page, 'termin', false);
    const file = await context.request.get(`${page.url().split('?')[0]!}/kalender.ics`);
    assert.match(await file.text(), /BEGIN:VEVENT/);
    await press(page, 'Termin absagen');
    assert.match(await words(page), /Dieser Termin ist abgesagt/);
    await context.close();
  });

  it('has its desk: queue, places, counting and handouts', async () => {
    const page = await signedIn('beschaeftigte', 'Lotte Lotse', { script: true, to: '/lotsen/zaehlen' });
    await page.keyboard.press('3');
    await page.keyboard.press('3');
    await page.waitForSelector('[value="antrag"] [data-count]:text-is("2")');
    await look(page, 'zaehlen', true);
    for (const [path, name] of [
      ['/lotsen/orte/pop-up-passage', 'schlange'],
      ['/lotsen/handzettel', 'handzettel'],
    ] as const) {
      await page.goto(city.url + path);
      await look(page, name, true);
    }
    const pdf = await page.context().request.get(`${city.url}/lotsen/handzettel/drucken?blatt=leistung:hund&sprache=leicht&schrift=gross`);
    assert.equal(pdf.headers()['content-type'], 'application/pdf');
    await page.context().close();
  });

  it('opens a shared tablet for one visit; the next person finds nothing, not by Back and not in the browser', async () => {
    const desk = await signedIn('beschaeftigte', 'Lotte Lotse', { script: true, to: '/lotsen/geraete' });
    const tablet = await signedIn('beschaeftigte', 'Dirk Digital', { script: false, width: 320, to: '/lotsen/geraete' });
    await look(tablet, 'geraete', false);
    await tablet.selectOption('[name="place"]', { index: 1 });
    await tablet.fill('[name="name"]', 'Tablet am Fenster');
    await press(tablet, 'Zum gemeinsamen Gerät machen');
    assert.match(await words(tablet), /Melden Sie sich auch bei der Anmeldung der Stadt ab/);
    await tablet.goto(`${city.url}/geraet`);
    assert.match(await words(tablet), /Dieses Gerät ist zu/);
    await look(tablet, 'geraet-zu', false);
    await desk.reload();
    await press(desk, 'Für einen Besuch öffnen');
    await tablet.getByRole('link', { name: 'Es ist offen: weiter' }).click();
    await look(tablet, 'geraet-offen', false);
    await tablet.goto(`${city.url}/anmelden/eid?weiter=/konto`);
    await tablet.getByRole('button', { name: 'Katharina Petersen' }).first().click();
    await tablet.waitForURL(/\/konto/);
    assert.match(await words(tablet), /Katharina Petersen/);
    await press(tablet, 'Abmelden und nächste Person');
    assert.match(await words(tablet), /Dieses Gerät ist zu/);
    for (let back = 0; back < 3; back++) {
      await tablet.goBack().catch(() => null);
      assert.doesNotMatch(await words(tablet), /Katharina/);
    }
    assert.deepEqual(
      (await tablet.context().cookies(city.url)).filter(({ name }) => name.startsWith('kontor_')).map(({ name }) => name),
      ['kontor_geraet'],
    );
    await desk.context().close();
    await tablet.context().close();
  });
});
