import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import type { Actor } from '../../src/kernel/actor.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { samplePdf } from '../../src/commands/sample-pdf.ts';
import { demoAccounts } from '../../src/modules/identity/public.ts';
import { addUpload, putAnswers, startDraft, submit } from '../../src/modules/procedure/public.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';

// What consulted agencies ask for reaches the draft of the decision, through the modules as they are wired.

const staff = (roles: ('sachbearbeitung' | 'leitung')[], n: number): Actor => ({
  kind: 'staff',
  staffId: `0190a000-0000-7000-8000-00000000dd0${n}`,
  roles,
  authorities: ['bezirksamt-altona'],
});

let city: WholeCity;
let server: CityServer;
let caseId = '';

before(async () => {
  city = await wholeCity();
  const { ctx } = city;
  const [katharina] = await demoAccounts(ctx.database.read);
  const owner = { kind: 'citizen', accountId: katharina!.id, trust: 'hoch' } as const;
  const actors: Readonly<Record<string, Actor>> = { owner, officer: staff(['sachbearbeitung'], 1) };
  server = serverOf(city, (token) => actors[token]);
  const { walk } = ctx.desk.current('baugenehmigung')!;
  const { id } = expectOk(await startDraft(ctx, owner, 'baugenehmigung'));
  expectOk(await putAnswers(ctx, owner, id, { ...walk.answers, treesAffected: true }, 'de'));
  for (const { slot, fileName } of walk.documents)
    expectOk(await addUpload(ctx, owner, { ownerId: id, slot, field: slot, fileName, bytes: samplePdf(slot), tooLarge: false }));
  expectOk(await submit(ctx, owner, id, 'de'));
  caseId = id;
  await call('officer', `/api/cases/${id}/actions`, { command: { action: 'confirm-complete' } });
});
after(() => city.close());

async function call<T>(who: string, path: string, body?: object): Promise<T> {
  const headers = { cookie: `kontor_session=${who}`, origin: 'http://localhost:8080', 'content-type': 'application/json' };
  const answer = await server.request(path, body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await answer.text();
  assert.ok(answer.ok, `${path}: ${text}`);
  return JSON.parse(text) as T;
}

const page = async (): Promise<string> => (await server.request(`/eingang/${caseId}?ergebnis=grant`, { headers: { cookie: 'kontor_session=officer' } })).text();

interface Offered {
  readonly conditions: readonly { readonly kind: string; readonly text: string; readonly proposed: boolean }[];
}
const offered = async (who = 'officer'): Promise<Offered['conditions']> => (await call<Offered>(who, `/api/cases/${caseId}`)).conditions;

/** The planned agencies are asked; each answers with these conditions through its own link. */
async function answered(conditions: Readonly<Record<string, readonly string[]>>): Promise<{ id: string; roundId: string; text: string }[]> {
  const wish = (command: object) =>
    call<{ rounds: { id: string }[]; consultations?: unknown }>('officer', `/api/cases/${caseId}/participation/actions`, { wish: command });
  const round = { action: 'open-round', kind: 'stellen', title: 'Stellen', request: 'Bitte.', legalBasis: '§ 70 HBauO', period: { length: 1, unit: 'months' } };
  const roundId = (await wish(round)).rounds.at(-1)!.id;
  await wish({ action: 'ask-planned', roundId, planIds: Object.keys(conditions) });
  const emails: Readonly<Record<string, string>> = { verkehr: 'verkehr@behoerde.example', baeume: 'stadtgruen@behoerde.example' };
  for (const [planId, asks] of Object.entries(conditions)) {
    const form = new URLSearchParams({ answer: 'conditions', text: 'Unter Bedingungen.', conditions: asks.join('\n\n') });
    const answer = await server.request(`/api/consultations/${await linkFor(emails[planId]!)}/answer`, {
      method: 'POST',
      body: form,
      headers: { origin: 'http://localhost:8080' },
    });
    assert.ok(answer.ok, await answer.text());
  }
  const { items } = await call<{ items: { id: string; text: string }[] }>('officer', `/api/cases/${caseId}/participation/statements`);
  return items.map((one) => ({ ...one, roundId }));
}

async function linkFor(email: string): Promise<string> {
  for (let tries = 0; tries < 50; tries++) {
    const mails = await sql<{ body: string }>`select body from platform.mail where recipient = ${email}
      union all select body from platform.demo_mail where recipient = ${email}`.execute(city.ctx.database.read);
    const key = /\/stellungnahme\/([\w-]{43})/.exec(mails.rows.map(({ body }) => body).join('\n'))?.[1];
    if (key !== undefined) return key;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return assert.fail(`no mail to ${email}`);
}

const weigh = (statementId: string, result: string) =>
  call('officer', `/api/cases/${caseId}/participation/statements/${statementId}/actions`, {
    command: { action: 'weigh', result, reasons: 'Geprüft.', reply: 'Danke.' },
  });

const count = (text: string, part: string): number => text.split(part).length - 1;

it('conditions of agencies that the Abwägung follows stand in the draft, with who asks, once, and can be dropped', async () => {
  const zaun = 'Der Wurzelbereich ist mit einem zwei Meter hohen Zaun zu schützen.';
  const rampe = 'Die Rampe ist auf drei Meter zu verbreitern.';
  const gehweg = 'Der Gehweg bleibt während des Baus begehbar.';
  const [first, second] = await answered({ verkehr: [rampe, gehweg], baeume: [zaun, gehweg] });
  assert.deepEqual(await offered(), [], 'nothing before it is weighed');
  assert.doesNotMatch(await page(), /Wurzelbereich/);
  await weigh(first!.id, 'nicht-gefolgt');
  await weigh(second!.id, 'gefolgt');
  assert.deepEqual(
    (await offered()).map(({ text }) => text.replace(/ \(gefordert.*/s, '')),
    [zaun, gehweg],
    'what is not followed is not proposed',
  );
  await weigh(first!.id, 'teilweise');
  const all = await offered();
  assert.deepEqual(
    all.map(({ text, proposed }) => [text.replace(/ \(gefordert.*/s, ''), proposed]),
    [
      [rampe, false],
      [gehweg, true],
      [zaun, true],
    ],
  );
  assert.match(all[1]!.text, /gefordert von Tiefbau und Verkehr, Stellungnahme \S+, Nr\. 2 und Stadtgrün \(Baumschutz\), Stellungnahme \S+, Nr\. 2\)$/);
  assert.deepEqual(await offered('owner'), [], 'the applicant sees nothing of it before the decision');
  const shown = await page();
  assert.equal(count(shown, zaun), 1);
  assert.equal(count(shown, gehweg), 1);
  assert.match(shown, /Wortlaut: Gefordert von Tiefbau und Verkehr, Stellungnahme/);
  assert.match(shown, /name="draft-decision\.nb\.own-0\.on"[^>]*checked/);
});

it('a draft without one of them keeps it out; edited words are not offered beside themselves', async () => {
  const [, gehweg, zaun] = await offered();
  const edited = zaun!.text.replace('zwei Meter', '2,50 Meter');
  const text = { operative: ['Erteilt.'], nebenbestimmungen: [{ kind: 'Auflage', text: edited }], reasons: [], discretion: ['Abgewogen.'], items: [] };
  await call('officer', `/api/cases/${caseId}/actions`, { command: { action: 'draft-decision', outcome: 'grant', feeCents: 0, text } });
  const shown = await (await server.request(`/eingang/${caseId}`, { headers: { cookie: 'kontor_session=officer' } })).text();
  const from = shown.indexOf('name="draft-decision.operative"');
  const form = shown.slice(from, shown.indexOf('</form>', from));
  assert.equal(count(form, 'Der Wurzelbereich ist mit einem'), 1, 'once, with the officer’s words');
  assert.match(form, /2,50 Meter/);
  const at = form.indexOf(gehweg!.text.slice(0, 30));
  assert.ok(at > 0, 'still offered');
  const box = /<input[^>]*name="(draft-decision\.nb\.own-1\.on)"[^>]*>/.exec(form)?.[0] ?? '';
  assert.ok(box !== '');
  assert.doesNotMatch(box, /checked/, 'but not ticked');
});
