import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { WORDS } from '../../src/modules/onlineausweis/domain/all-words.ts';
import { PRACTICE_WORDS } from '../../src/modules/onlineausweis/domain/practice-words.ts';
import { cleanForAxe, fitsItsWidth, lookAt, openJourney, photograph, skip } from '../support/journey.ts';

let browser: Browser;
let city: CityForAWhile;
before(async () => {
  if (skip === false) ({ browser, city } = await openJourney());
});
after(async () => {
  await browser?.close();
  await city?.stop();
});

const PHONE = { viewport: { width: 320, height: 640 }, locale: 'de-DE' } as const;
const phone = async (javaScriptEnabled: boolean, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> =>
  (await browser.newContext({ ...PHONE, javaScriptEnabled, colorScheme })).newPage();
const main = (page: Page): Promise<string> => page.locator('main').innerText();
const heading = (page: Page): Promise<string> => page.locator('h1').innerText();

/** Ways through the helper in Leichte Sprache: what is pressed on each page, and the heading at the end. */
const WAYS: readonly { readonly name: string; readonly press: readonly string[]; readonly end: RegExp }[] = [
  {
    name: 'pin-waehlen',
    press: [
      'Einen deutschen Personal-Ausweis',
      'Es gibt sie seit dem 15. Juli 2017. Oder: Ich habe den Online-Ausweis schon benutzt.',
      'Nein. Ich habe noch keine PIN.',
      'Ja. Ich habe den Brief.',
      'Ich weiß es nicht.',
      'Ja. Das Handy hat NFC.',
    ],
    end: /Wählen Sie Ihre PIN mit dem Handy/,
  },
  {
    name: 'gesperrt',
    press: ['Eine eID-Karte. Die ist für Menschen aus der EU.', 'Die PIN ist gesperrt. Ich habe sie 3-mal falsch eingegeben.', 'Nein'],
    end: /Sie brauchen eine neue PIN/,
  },
  { name: 'alt', press: ['Einen elektronischen Aufenthalts-Titel', 'Sie ist älter.'], end: /muss den Online-Ausweis an-schalten/ },
  { name: 'verloren', press: ['Ich habe meine Karte verloren.'], end: /sofort sperren/ },
];

describe('the helper for the Online-Ausweis on a 320 px phone', { skip }, () => {
  it('leads in Leichte Sprache and without JavaScript through every kind of answer to an end, and back', async () => {
    const page = await phone(false);
    const ends: string[] = [];
    for (const { name, press, end } of WAYS) {
      await page.goto(`${city.url}/online-ausweis`);
      await page.getByRole('link', { name: 'Leichte Sprache' }).last().click();
      for (const [index, answer] of press.entries()) {
        assert.match(await main(page), new RegExp(`Frage ${index + 1} von höchstens 6`));
        await page.getByRole('link', { name: answer, exact: true }).click();
      }
      assert.match(await heading(page), end);
      ends.push(page.url());
      await photograph(page, `ausweis-${name}`);
    }
    assert.match(await main(page), /116 116/);
    await page.goBack();
    assert.match(await main(page), /Frage 1 von höchstens 6/);
    assert.deepEqual(await page.context().cookies(), [], 'nothing is kept in the browser');
    const looking = await phone(true);
    for (const url of [`${city.url}/online-ausweis?sprache=leicht`, `${city.url}/online-ausweis?weg=ps&sprache=leicht`, ...ends]) {
      await looking.goto(url);
      await fitsItsWidth(looking, url);
      await cleanForAxe(looking, url);
    }
  });

  it('speaks Arabic from right to left, in the dark, and gives the sheet in Arabic', async () => {
    const page = await phone(true, 'dark');
    await page.goto(`${city.url}/online-ausweis?weg=psf`);
    await page.getByRole('link', { name: 'العربية' }).click();
    const content = page.locator('main [dir="rtl"]').first();
    assert.equal(await content.getAttribute('lang'), 'ar');
    assert.match(await heading(page), /PIN/);
    await lookAt(page, 'ausweis-arabisch', 'the end in Arabic', true);
    const office = page.getByRole('listitem').filter({ hasText: 'Kundenzentrum' });
    assert.equal(await office.locator('[lang="de"]').count(), 1, 'German words inside Arabic are said in German');
    const book = new URL((await office.getByRole('link', { name: WORDS.ar.frame.book }).getAttribute('href'))!, city.url);
    assert.equal((await page.request.get(book.href)).status(), 200);
    assert.match(book.hash, /#termin/);
    const sheet = await page.request.get(new URL((await page.getByRole('link', { name: /PDF/ }).getAttribute('href'))!, city.url).href);
    assert.equal(sheet.headers()['content-type'], 'application/pdf');
  });

  it('speaks what the browser speaks, lets a German reader go back, and helps who mistypes the address', async () => {
    const page = await (await browser.newContext({ ...PHONE, locale: 'ro-RO', javaScriptEnabled: false })).newPage();
    await page.goto(`${city.url}/online-ausweis`);
    assert.equal(await heading(page), WORDS.ro.frame.title);
    await page.getByRole('link', { name: WORDS.ro.questions.card.answers.p }).click();
    assert.equal(await heading(page), WORDS.ro.questions.issued.title);
    await page.getByRole('link', { name: 'English' }).click();
    assert.equal(await heading(page), WORDS.en.questions.issued.title);
    const lost = await page.goto(`${city.url}/online-ausweis?weg=zzz`);
    assert.equal(lost?.status(), 422);
    assert.match(await main(page), new RegExp(WORDS.ro.frame.lost));
    await page.getByRole('link', { name: WORDS.ro.questions.card.answers.v }).click();
    assert.equal(await heading(page), WORDS.ro.ends['lost-card'].title);
  });

  it('leads back to the application it was opened from, also by way of the practice run, and nowhere else', async () => {
    const page = await phone(false);
    const from = '/antrag/neu/bewohnerparkausweis';
    await page.goto(`${city.url}/online-ausweis?weiter=${encodeURIComponent(from)}`);
    const { card, issued, pin, device } = WORDS.de.questions;
    for (const answer of [card.answers.p, issued.answers.s, pin.answers.j, device.answers.j])
      await page.getByRole('link', { name: answer, exact: true }).click();
    assert.equal(await page.getByRole('link', { name: WORDS.de.frame.goOn }).getAttribute('href'), from);
    await page.getByRole('link', { name: WORDS.de.frame.practice }).click();
    await page.getByRole('link', { name: PRACTICE_WORDS.de.start }).click();
    await page.getByRole('button', { name: /Katharina Petersen/ }).click();
    const back = page.getByRole('link', { name: WORDS.de.frame.goOn });
    assert.equal(await back.getAttribute('href'), from);
    await page.goto(`${city.url}/online-ausweis?weg=psjj&weiter=${encodeURIComponent('//evil.example/')}`);
    assert.equal(await back.count(), 0);
  });

  it('keeps the language of a handout’s address, clicks deep', async () => {
    const page = await phone(false);
    await page.goto(`${city.url}/online-ausweis?lang=leicht`);
    await page.getByRole('link', { name: 'Einen deutschen Personal-Ausweis', exact: true }).click();
    await page.getByRole('link', { name: 'Sie ist älter.', exact: true }).click();
    assert.match(await heading(page), /muss den Online-Ausweis an-schalten/);
    await page.getByRole('link', { name: 'Kontor' }).first().click();
    assert.equal(await page.locator('html').getAttribute('data-lang'), 'leicht');
  });

  it('practises with the demo card without JavaScript: shows what would have been read, and signs nobody in', async () => {
    const page = await phone(false);
    await page.goto(`${city.url}/online-ausweis/probe`);
    await page.getByRole('link', { name: 'Übung beginnen' }).click();
    await page.getByRole('button', { name: /Katharina Petersen/ }).click();
    await page.waitForURL(/\/probe\/zurueck/);
    const text = await main(page);
    assert.match(text, /Katharina/);
    assert.match(text, /nicht gespeichert/);
    await photograph(page, 'ausweis-probe');
    const kept = (await page.context().cookies()).map(({ name }) => name);
    assert.ok(!kept.includes('kontor_session') && !kept.includes('kontor_probe'), kept.join(', '));
    await page.reload();
    assert.match(await main(page), /schon beendet/);
    await page.goto(`${city.url}/konto`);
    assert.match(page.url(), /\/anmelden\?weiter=/);
  });

  it('practises in the language of the helper, from its last page to the end of the run', async () => {
    const page = await phone(true);
    await page.goto(`${city.url}/online-ausweis?weg=psjj&sprache=ar`);
    await page.getByRole('link', { name: WORDS.ar.frame.practice }).click();
    assert.equal(await heading(page), PRACTICE_WORDS.ar.title);
    await fitsItsWidth(page, page.url());
    await cleanForAxe(page, page.url());
    await page.getByRole('link', { name: PRACTICE_WORDS.ar.start }).click();
    await page.getByRole('button', { name: /Katharina Petersen/ }).click();
    await page.waitForURL(/\/probe\/zurueck/);
    assert.equal(await heading(page), PRACTICE_WORDS.ar.done);
    await fitsItsWidth(page, page.url());
    await cleanForAxe(page, page.url());
    await page.getByRole('link', { name: PRACTICE_WORDS.ar.toHelper }).click();
    assert.match(page.url(), /sprache=ar/);
  });
});
