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
});
