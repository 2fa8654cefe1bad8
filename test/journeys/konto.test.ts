import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { lookAt, openJourney, skip } from '../support/journey.ts';

let browser: Browser;
let city: CityForAWhile;
let phone: BrowserContext;
let page: Page;
const MAIL = 'nora.neu@buerger.example';

before(async () => {
  if (skip !== false) return;
  ({ browser, city } = await openJourney());
  phone = await browser.newContext({ viewport: { width: 320, height: 640 }, locale: 'de-DE', colorScheme: 'dark' });
  page = await phone.newPage();
  // a device that keeps passkeys, as the protocol of the browser's own tests has it
  const devtools = await phone.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
});
after(async () => {
  await browser?.close();
  await city?.stop();
});

/** Of the newest mail to this address. */
async function linkInMail(path: string): Promise<string> {
  for (let tries = 0; tries < 50; tries++) {
    const mails = (await (await page.request.get(`${city.url}/api/demo/post?an=${MAIL}`)).json()) as { text: string }[];
    const link = mails.map(({ text }) => new RegExp(`https?://\\S*${path}\\S*`).exec(text)?.[0]).find((one) => one !== undefined);
    if (link !== undefined) return link;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no mail with ${path}`);
}

describe('a Servicekonto in minutes, on a phone', { skip }, () => {
  it('is begun with a passkey and without a password, once the mail is confirmed', async () => {
    await page.goto(`${city.url}/registrieren/passkey`);
    await lookAt(page, 'konto-beginnen', 'signing up with a passkey', true);
    await page.fill('[name=givenName]', 'Nora');
    await page.fill('[name=familyName]', 'Neu');
    await page.fill('[name=email]', MAIL);
    await page.locator('main form button[type=submit]').first().click();
    await page.goto(await linkInMail('/registrieren/passkey/'));
    await lookAt(page, 'konto-passkey', 'making the passkey', true);
    await page.locator('kontor-passkey button').click();
    await page.waitForURL((url) => !url.pathname.startsWith('/registrieren'));
    await page.goto(`${city.url}/konto`);
    await page.getByText('Nora').first().waitFor();
    await lookAt(page, 'konto', 'the account', true);
  });

  it('has a spare key: ten codes that are shown once', async () => {
    await page.goto(`${city.url}/konto/sicherheit`);
    await lookAt(page, 'konto-sicherheit', 'ways in and devices', true);
    await page.getByRole('button', { name: 'Codes machen' }).click();
    await page.getByText('Diese Codes sehen Sie nur jetzt').waitFor();
    await lookAt(page, 'konto-codes', 'the codes', true);
    const shown = await page.locator('main').innerText();
    const codes = shown.match(/\b[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6})+\b/g) ?? [];
    assert.equal(new Set(codes).size, 10);
    await page.goto(`${city.url}/konto/sicherheit`);
    assert.ok(!(await page.locator('main').innerText()).includes(codes[0]!));
  });

  it('opens again with the passkey', async () => {
    await page.getByRole('button', { name: 'Abmelden' }).first().click();
    await page.waitForURL(/abgemeldet/);
    await page.goto(`${city.url}/anmelden?weiter=/konto/benachrichtigungen`);
    await page.locator('kontor-passkey button').click();
    // the page to sign in has this path in its query
    await page.waitForURL(({ pathname }) => pathname === '/konto/benachrichtigungen');
  });

  it('says how notices come, and never what they say', async () => {
    await lookAt(page, 'konto-benachrichtigungen', 'the notices', true);
    await page.fill('[name=number]', '0171 3920010');
    await page.getByRole('button', { name: 'Code schicken' }).click();
    await page.getByText('Wir haben einen Code geschickt an').waitFor();
    const sms = await phone.newPage();
    let code: string | undefined;
    for (let tries = 0; tries < 50 && code === undefined; tries++) {
      await sms.goto(`${city.url}/demo/sms`);
      code = /\b\d{6}\b/.exec(await sms.locator('main').innerText())?.[0];
    }
    await lookAt(sms, 'konto-sms', 'the messages of the demo', true);
    await page.fill('[name=code]', code!);
    await page.getByRole('button', { name: 'Nummer bestätigen' }).click();
    await page.getByText('SMS gehen an').waitFor();
    await lookAt(page, 'konto-sms-an', 'the notices with a number', true);
  });

  it('is named where a service needs the card, with the way to it, and not before', async () => {
    await page.goto(`${city.url}/antrag/neu/baumfaellung`);
    assert.equal(await page.getByText('brauchen Sie den Online-Ausweis').count(), 0);
    await page.goto(`${city.url}/antrag/neu/bewohnerparkausweis`);
    await page.getByText('Für diese Leistung brauchen Sie den Online-Ausweis').waitFor();
    assert.equal(await page.locator('a[href^="/online-ausweis?weiter="]').count(), 1);
    await lookAt(page, 'konto-ausweis', 'the card is needed', true);
  });

  it('begins without the card all the same, is asked for it on the last page, and sees until when the draft is kept', async () => {
    await page.locator('form[action="/antrag/neu/bewohnerparkausweis"] button').click();
    await page.waitForURL(/\/seite\//);
    const draft = new URL(page.url()).pathname.split('/')[2]!;
    await page.goto(`${city.url}/antrag/${draft}/pruefen`);
    await page.getByText('Für diese Leistung brauchen Sie den Online-Ausweis').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Jetzt einreichen' }).count(), 0);
    await lookAt(page, 'konto-entwurf', 'the last page asks for the card', true);
    await page.goto(`${city.url}/konto`);
    await page.getByText('Ohne Änderung wird der Entwurf am').waitFor();
    await lookAt(page, 'konto-mit-entwurf', 'the account with a draft', true);
  });

  it('founds a company, and lets an adviser act for one service until a day', async () => {
    await page.goto(`${city.url}/organisationen/neu`);
    await page.fill('[name=name]', 'Neu & Söhne');
    await lookAt(page, 'konto-firma', 'founding a company', true);
    await page.locator('main form button[type=submit]').first().click();
    await page.getByRole('heading', { name: 'Neu & Söhne' }).first().waitFor();
    await page.goto(`${city.url}/vertretung/geben`);
    await page.fill('[name=email]', 'beratung@buerger.example');
    await page.check('[name=scope][value=named]');
    await page.check('[name=services][value=baumfaellung]');
    assert.match(await page.inputValue('[name=validUntil]'), /^\d\d\.\d\d\.\d{4}$/, 'an end is proposed');
    await page.fill('[name=validUntil]', '31.12.2099');
    await lookAt(page, 'konto-vollmacht', 'a Vollmacht with scope and end', true);
    await page.locator('main form button[type=submit]').first().click();
    await page.waitForURL(({ pathname }) => pathname === '/vertretung');
    await page.getByText('31.12.2099').first().waitFor();
  });

  it('is left with everything taken along, by the word and only alone', async () => {
    const data = (await (await page.request.get(`${city.url}/konto/daten`)).json()) as Record<string, unknown> & { account: { mandateOffers: unknown[] } };
    assert.equal(data.account.mandateOffers.length, 1);
    for (const part of ['verfahren', 'benachrichtigungen', 'hilfe', 'rechnungen', 'szenarien']) assert.ok(part in data, part);
    const leave = async (): Promise<void> => {
      await page.goto(`${city.url}/konto`);
      await page.fill('[name=confirmation]', 'löschen');
      await page.locator('form[action="/konto/loeschen"] button').click();
    };
    await leave();
    await page.getByText('Sie verwalten allein: Neu & Söhne').first().waitFor();
    await lookAt(page, 'konto-bleibt', 'the company has nobody else', true);
    await page.goto(`${city.url}/vertretung`);
    await page.getByRole('link', { name: 'Neu & Söhne' }).first().click();
    await page.fill('form[action$="/loeschen"] [name=confirmation]', 'Neu & Söhne');
    await page.locator('form[action$="/loeschen"] button').click();
    await page.waitForURL(({ pathname }) => pathname === '/vertretung');
    await leave();
    await page.getByText('Ihr Konto ist gelöscht').first().waitFor();
    await lookAt(page, 'konto-weg', 'the account is gone', true);
  });
});
