import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { WalkClient } from '../../src/commands/walk-client.ts';
import { legalDay } from '../../src/kernel/time.ts';
import { loadServices } from '../../src/modules/catalogue/public.ts';
import { demoPeople } from '../../src/modules/identity/public.ts';
import { makePdf } from '../../src/modules/sheets/application/testing.ts';
import { lookAt, openJourney, skip } from '../support/journey.ts';

const ROOT = join(import.meta.dirname, '../..');

let browser: Browser;
let city: CityForAWhile;
let citizen: WalkClient;
let caseId = '';
let sheets: readonly { id: string; slot: string; version: number }[] = [];

before(async () => {
  if (skip !== false) return;
  ({ browser, city } = await openJourney());
  citizen = await client('eid', 'katharina.petersen');
  await applyWithTwoVersions();
});
after(async () => {
  await browser?.close();
  await city?.stop();
});

async function client(way: 'eid' | 'beschaeftigte', name: string): Promise<WalkClient> {
  const made = new WalkClient(city.url);
  await made.signIn(way, demoPeople.find((one) => one.subject.endsWith(name))!.subject);
  return made;
}

/** An A1 sheet with walls, dimensions and words, as an architect's program writes it. */
const plan = (more = ''): Uint8Array => {
  const lines = Array.from({ length: 60 }, (_, n) => `${100 + n * 36} 300 m ${100 + n * 36} 1500 l S\n`).join('');
  return makePdf([
    { mm: [841, 594], draw: `BT /F1 48 Tf 120 1580 Td (Lageplan M 1:200) Tj ET\n${lines}600 600 700 500 re S\n${more}` },
    { mm: [420, 297], draw: 'BT /F1 24 Tf 80 700 Td (Legende) Tj ET\n' },
  ]);
};

async function applyWithTwoVersions(): Promise<void> {
  const services = await loadServices(join(ROOT, 'services'), legalDay(Temporal.Now.instant()));
  const { walk } = services.packages.get('baugenehmigung')!;
  const { id } = await citizen.call<{ id: string }>('POST', '/api/drafts', { service: 'baugenehmigung' });
  await citizen.call('PUT', `/api/drafts/${id}/answers`, { answers: walk.answers });
  for (const { slot, fileName } of walk.documents) await citizen.upload(`/api/files/${id}/${slot}`, fileName, plan());
  await citizen.call('POST', `/api/drafts/${id}/submission`);
  caseId = id;
  const officer = await client('beschaeftigte', 'anke.altmann');
  const act = async (who: WalkClient, command: object): Promise<unknown> => who.call('POST', `/api/cases/${id}/actions`, { command });
  await act(officer, { action: 'request-documents', items: [{ id: 'lageplan', text: 'Lageplan mit Zufahrt' }], text: 'Die Zufahrt fehlt.' });
  await citizen.upload(`/api/files/${id}/lageplan`, 'lageplan.pdf', plan('1500 400 300 300 re f\n'));
  await act(citizen, { action: 'answer-request', text: 'Mit Zufahrt.' });
  sheets = (await citizen.call<{ items: typeof sheets }>('GET', `/api/cases/${id}/sheets`)).items;
}

const sheetOf = (slot: string, version: number): string => sheets.find((one) => one.slot === slot && one.version === version)!.id;

async function signedIn(way: 'eid' | 'beschaeftigte', name: string, script: boolean, width = 1280, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: script, viewport: { width, height: 900 }, locale: 'de-DE', colorScheme });
  const page = await context.newPage();
  await page.goto(`${city.url}/anmelden/${way}?weiter=/`);
  await page.getByRole('button', { name }).first().click();
  await page.waitForLoadState();
  return page;
}

const look = (page: Page, what: string, script: boolean): Promise<void> => lookAt(page, `blatt-${what}`, what, script);

describe('Planblätter', { skip }, () => {
  it('an officer looks, comes nearer and stamps by keyboard, with JavaScript', async () => {
    const page = await signedIn('beschaeftigte', 'Anke Altmann', true);
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(`${city.url}/eingang/${caseId}`);
    await look(page, 'amt-vorgang', true);
    await page.locator(`a[href$="/unterlagen/${sheetOf('lageplan', 2)}"]`, { hasText: 'ansehen und prüfen' }).click();
    await page.waitForSelector('kontor-sheet[data-ready]');
    await look(page, 'amt', true);
    const canvas = page.locator('.k-sheet__canvas');
    await canvas.focus();
    for (const key of ['+', '+', 'ArrowRight', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    await page.waitForSelector('kontor-sheet[data-ready]');
    assert.match(await page.inputValue('[name="xMm"]'), /^\d+(,\d)?$/);
    await look(page, 'amt-nah', true);
    await page.focus('input[name="kind"][value="gruen"]');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Eintragen' }).click();
    await page.waitForSelector('#eintrag-1');
    await page.waitForSelector('kontor-sheet[data-ready]');
    await look(page, 'amt-gestempelt', true);
    assert.deepEqual(complaints, [], 'the policy lets everything through');
    await page.context().close();
  });

  it('without JavaScript a click on the picture chooses the place', async () => {
    const page = await signedIn('beschaeftigte', 'Anke Altmann', false);
    await page.goto(`${city.url}/eingang/${caseId}/unterlagen/${sheetOf('zeichnungen', 1)}`);
    await page.fill('[name="text"]', 'Maßkette fehlt.');
    await page.check('input[name="kind"][value="auflage"]');
    await page.locator('input[type="image"]').click({ position: { x: 500, y: 300 } });
    await page.waitForLoadState();
    // 841 mm are 1000 pixels
    assert.equal(await page.inputValue('[name="xMm"]'), '420,5');
    assert.equal(await page.inputValue('[name="text"]'), 'Maßkette fehlt.');
    await look(page, 'amt-nojs', false);
    await page.getByRole('button', { name: 'Eintragen' }).click();
    await page.waitForLoadState();
    assert.match((await page.textContent('#eintraege')) ?? '', /Maßkette fehlt/);
    await page.goto(`${city.url}/eingang/${caseId}?ergebnis=grant`);
    assert.match(await page.content(), /Maßkette fehlt\. \(Planblatt «zeichnungen\.pdf», Version 1, Seite 1, Eintrag 2\)/, 'the draft offers it');
    await page.context().close();
  });

  it('the applicant compares the versions on a phone', async () => {
    const page = await signedIn('eid', 'Katharina Petersen', true, 320);
    await page.goto(`${city.url}/vorgang/${caseId}`);
    assert.match((await page.textContent('#unterlagen')) ?? '', /Version 2 \(neueste\)/);
    await look(page, 'antrag-vorgang', true);
    await page.goto(`${city.url}/vorgang/${caseId}/unterlagen/${sheetOf('lageplan', 2)}`);
    await page.waitForSelector('kontor-sheet[data-ready]');
    await look(page, 'antrag-telefon', true);
    await page.getByRole('link', { name: 'Vergleichen mit Version 1' }).click();
    await page.waitForLoadState();
    assert.match((await page.textContent('main')) ?? '', /Ein Bereich unterscheidet sich/);
    await look(page, 'vergleich', true);
    await page.context().close();
  });

  it('the stamped sheet comes with the Bescheid, and its entries are seen', async () => {
    const [officer, lead] = [await client('beschaeftigte', 'anke.altmann'), await client('beschaeftigte', 'birgit.leitner')];
    const act = async (who: WalkClient, command: object): Promise<unknown> => who.call('POST', `/api/cases/${caseId}/actions`, { command });
    const text = { operative: ['Die Baugenehmigung wird erteilt.'], nebenbestimmungen: [], reasons: ['Geprüft.'], discretion: ['Abgewogen.'], items: [] };
    await act(officer, { action: 'confirm-complete' });
    await act(officer, { action: 'draft-decision', outcome: 'grant', feeCents: 10_000, text });
    await act(officer, { action: 'submit-for-approval' });
    await act(lead, { action: 'approve' });
    const page = await signedIn('eid', 'Katharina Petersen', true, 1280, 'dark');
    for (let tries = 0; tries < 60 && (await page.getByRole('link', { name: /^Planblatt-lageplan-V2-/ }).count()) === 0; tries++) {
      await page.goto(`${city.url}/vorgang/${caseId}`);
      await page.waitForTimeout(500);
    }
    const href = await page.getByRole('link', { name: /^Planblatt-lageplan-V2-/ }).getAttribute('href');
    const pdf = await (await page.context().request.get(city.url + href!)).body();
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
    await page.goto(`${city.url}/vorgang/${caseId}/unterlagen/${sheetOf('lageplan', 2)}`);
    await page.waitForSelector('kontor-sheet[data-ready]');
    assert.match((await page.textContent('#eintraege')) ?? '', /Grüneintrag/);
    await look(page, 'antrag-entschieden', true);
    await page.context().close();
  });
});
