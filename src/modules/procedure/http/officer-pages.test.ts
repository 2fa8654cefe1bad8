import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import { expectOk } from '../../../kernel/result.ts';
import type { Answer, FormVisit, GetPage, PostPage, Visit } from '../../../platform/http/route.ts';
import { viewOf } from '../../../platform/ui/view.ts';
import { filledDraft, lead, officer, procedureCity, type ProcedureCity, type Staff } from '../../../../test/support/procedure-city.ts';
import { act } from '../application/act.ts';
import { submit } from '../application/submit.ts';
import type { Case } from '../domain/case.ts';
import type { CaseCommand } from '../domain/commands.ts';
import { findCase } from '../store/cases.ts';
import { officerPages } from './officer-pages.ts';

const revision: Staff = { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000c1', roles: ['revision'], authorities: ['bezirksamt-altona'] };
const elsewhere: Staff = { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000d1', roles: ['sachbearbeitung'], authorities: ['bezirksamt-nord'] };

let city: ProcedureCity;
before(async () => {
  city = await procedureCity();
  for (const [id, name, roles] of [
    [officer.staffId, 'Anke Altmann', ['sachbearbeitung']],
    [lead.staffId, 'Birgit Leitner', ['leitung']],
  ] as const) {
    await city.database.write(
      async (tx) =>
        void (await sql`insert into identity.staff (id, issuer, subject, name, email, roles, authorities, first_seen_at, last_seen_at)
      values (${id}, 'test', ${id}, ${name}, 'test@behoerde.example', ${[...roles]}, ${['bezirksamt-altona']}, ${city.clock.now()}, ${city.clock.now()})`.execute(
          tx,
        )),
    );
  }
});
after(() => city.close());

const newCase = async (): Promise<string> => {
  const id = await filledDraft(city, 'baumfaellung');
  expectOk(await submit(city.ctx, city.citizen, id, 'de'));
  return id;
};
const doIt = async (caseId: string, command: CaseCommand, actor: Actor = officer): Promise<Case> => expectOk(await act(city.ctx, actor, { caseId, command }));
const stateOf = async (id: string): Promise<Case> => (await findCase(city.database.read, id))!;

const frame = (visit: Visit) => viewOf(visit, { demo: true });
const routeFor = (method: 'get' | 'post', path: string): GetPage | PostPage =>
  officerPages(city.ctx, frame).find((route) => route.kind === 'page' && route.method === method && route.path === path) as GetPage | PostPage;

function visitOf(actor: Actor, url: string, params: Record<string, string> = {}): Visit {
  return {
    actor,
    lang: 'de',
    wishes: [],
    now: city.clock.now(),
    url,
    origin: 'http://localhost:8080',
    requestId: 'test',
    sessionToken: 'test',
    params,
    query: new URL(url, 'http://localhost').searchParams,
    cookies: {},
  };
}

interface Shown {
  readonly status: number;
  readonly text: string;
  readonly to: string;
}

async function shown(answer: Promise<Answer>): Promise<Shown> {
  const given = await answer;
  if (given.kind === 'html') return { status: given.status ?? 200, text: String(await given.body), to: '' };
  if (given.kind === 'redirect') return { status: 303, text: '', to: given.to };
  assert.equal(given.kind, 'problem');
  return {
    status: given.kind === 'problem' && given.problem.kind === 'not-found' ? 404 : 403,
    text: given.kind === 'problem' ? given.problem.detail : '',
    to: '',
  };
}

const open = (id: string, actor: Actor = officer, query = ''): Promise<Shown> =>
  shown((routeFor('get', '/eingang/:id') as GetPage).handle(visitOf(actor, `/eingang/${id}${query}`, { id })));
const inbox = (query = '', actor: Actor = officer): Promise<Shown> =>
  shown((routeFor('get', '/eingang') as GetPage).handle(visitOf(actor, `/eingang${query}`)));

async function send(
  id: string,
  action: string,
  fields: Record<string, string | readonly string[]>,
  options: { actor?: Actor; version?: number } = {},
): Promise<Shown> {
  const posted = new URLSearchParams({ version: String(options.version ?? (await stateOf(id)).version) });
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) posted.append(`${action}.${name}`, one);
  const visit: FormVisit = { ...visitOf(options.actor ?? officer, `/eingang/${id}/${action}`, { id, action }), fields: posted, files: [] };
  return shown((routeFor('post', '/eingang/:id/:action') as PostPage).handle(visit));
}

/** The fields that the page offers for an action, as a browser would post them unchanged. */
function formFields(text: string, action: string): Record<string, string[]> {
  const form = text.split(`/${action}"`)[1]?.split('</form>')[0] ?? '';
  const fields: Record<string, string[]> = {};
  const decode = (raw: string): string =>
    raw.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const add = (name: string, value: string): void => {
    if (name.startsWith(`${action}.`)) (fields[name.slice(action.length + 1)] ??= []).push(decode(value));
  };
  for (const [, tag] of form.matchAll(/<input([^>]*)>/g)) {
    const attribute = (name: string): string | undefined => new RegExp(`${name}="([^"]*)"`).exec(tag!)?.[1];
    if (/type="(radio|checkbox)"/.test(tag!) && !/ checked/.test(tag!)) continue;
    add(attribute(' name')!, attribute(' value') ?? '');
  }
  for (const [, tag, value] of form.matchAll(/<textarea([^>]*)>\n?([\s\S]*?)<\/textarea>/g)) add(/ name="([^"]*)"/.exec(tag!)![1]!, value!);
  for (const [, tag, options] of form.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g))
    add(/ name="([^"]*)"/.exec(tag!)![1]!, /value="([^"]*)" selected/.exec(options!)?.[1] ?? '');
  return fields;
}

const tickedIn = (fields: Record<string, string[]>): string[] => Object.keys(fields).flatMap((name) => /^nb\.(.+)\.on$/.exec(name)?.[1] ?? []);
const formsOf = (text: string): string[] => [...text.matchAll(/id="aktion-([a-z-]+)"/g)].map((match) => match[1]!).toSorted();

describe('what an officer is offered', () => {
  it('only the actions that state, package and law allow, each with what follows from it', async () => {
    const id = await newCase();
    const received = await open(id);
    assert.equal(received.status, 200);
    assert.equal(formsOf(received.text).join(' '), 'assign check-tasks confirm-complete draft-decision hear note remind request-documents transfer');
    assert.match(received.text, /Die Frist läuft ab dem Tag der letzten Einreichung \(24\.11\.2026\): 8 Wochen, also bis 19\.01\.2027\./);
    await doIt(id, { action: 'confirm-complete' });
    const examined = await open(id);
    assert.ok(formsOf(examined.text).includes('suspend') && formsOf(examined.text).includes('extend'));
    assert.ok(!formsOf(examined.text).includes('confirm-complete') && !formsOf(examined.text).includes('resume'));
    assert.match(examined.text, /Die Frist verlängert sich einmal um 4 Wochen, also bis 16\.02\.2027/);
    await doIt(id, { action: 'suspend', reason: 'Gutachten' });
    const suspended = await open(id);
    assert.deepEqual(formsOf(suspended.text), ['assign', 'check-tasks', 'note', 'remind', 'resume']);
    assert.match(suspended.text, /Frist ruht/);
  });
  it('facts, rules, places, documents and course stand on the page', async () => {
    const { text } = await open(await newCase());
    for (const part of [
      'Katharina Petersen',
      'Kastanie',
      'Karte mit 2 Standorten',
      '53,5577° N',
      'Bezirk Altona',
      'kastanie.png',
      'hat den Antrag eingereicht',
      'Standort und Foto vergleichen',
      'Name selbst angegeben',
    ]) {
      assert.ok(text.includes(part), part);
    }
    assert.match(text, /§ \d+[^<]*BaumschutzVO/);
  });
  it('every field of the page has an id of its own', async () => {
    const id = await newCase();
    await doIt(id, { action: 'confirm-complete' });
    const ids = [...(await open(id)).text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!);
    assert.deepEqual(
      ids.filter((one, index) => ids.indexOf(one) !== index),
      [],
    );
  });
  it('a case of another authority is not found, to read as to change', async () => {
    const id = await newCase();
    assert.equal((await open(id, elsewhere)).status, 404);
    assert.equal((await send(id, 'note', { text: 'Fremd' }, { actor: elsewhere })).status, 404);
    assert.equal((await stateOf(id)).version, 1);
    assert.equal((await open('nicht-eine-id')).status, 404);
  });
  it('Revision reads everything, is offered nothing and cannot act', async () => {
    const id = await newCase();
    const page = await open(id, revision);
    assert.equal(page.status, 200);
    assert.match(page.text, /Ihre Rolle darf diesen Vorgang lesen, aber nicht ändern/);
    assert.deepEqual(formsOf(page.text), []);
    assert.equal((await send(id, 'note', { text: 'Ich war hier' }, { actor: revision })).status, 403);
    assert.equal((await stateOf(id)).version, 1);
  });
  it("the applicant's actions and unknown ones have no address here", async () => {
    const id = await newCase();
    assert.equal((await send(id, 'withdraw', { reason: 'x' })).status, 404);
    assert.equal((await send(id, 'constructor', {})).status, 404);
  });
});

describe('wrong input keeps what was typed', () => {
  it('a day that does not exist stays in the field, with the reason for suspending', async () => {
    const id = await newCase();
    await doIt(id, { action: 'confirm-complete' });
    const page = await send(id, 'suspend', { reason: 'Gutachten <fehlt>', from: '31.02.2026' });
    assert.equal(page.status, 422);
    assert.match(page.text, /Diesen Tag gibt es nicht/);
    assert.match(page.text, /value="31\.02\.2026"/);
    assert.match(page.text, /Gutachten &lt;fehlt&gt;<\/textarea>/);
    assert.match(page.text, /href="#f-suspend-from"/);
    assert.equal((await stateOf(id)).status, 'in_pruefung');
  });
  it('§ 31 Abs. 2 VwVfG: a Frist in the past is refused with the text kept', async () => {
    const id = await newCase();
    const page = await send(id, 'request-documents', { items: ['foto'], more: 'Lageplan\nGutachten', text: 'Bitte bald', dueOn: '01.11.2026' });
    assert.equal(page.status, 422);
    assert.match(page.text, /Die Frist muss in der Zukunft enden/);
    assert.match(page.text, /Lageplan\nGutachten<\/textarea>/);
    assert.match(page.text, /value="foto" checked/);
    assert.match(page.text, /value="01\.11\.2026"/);
  });
  it('an amount that is none keeps the whole draft and names the remedy', async () => {
    const id = await newCase();
    const fields = formFields((await open(id)).text, 'draft-decision');
    const page = await send(id, 'draft-decision', { ...fields, fee: 'umsonst', discretion: 'Der Baum ist krank.' });
    assert.equal(page.status, 422);
    assert.match(page.text, /Ohne Gebühr: 0,00/);
    assert.match(page.text, /value="umsonst"/);
    assert.match(page.text, /Der Baum ist krank\.<\/textarea>/);
    assert.equal((await stateOf(id)).draft, undefined);
  });

  it('a ticked Nebenbestimmung without words is complained about at its own field', async () => {
    const id = await newCase();
    const fields = formFields((await open(id)).text, 'draft-decision');
    const page = await send(id, 'draft-decision', { ...fields, discretion: 'Krank.', 'nb.own-0.on': 'ja', 'nb.own-0.kind': 'Bedingung' });
    assert.equal(page.status, 422);
    assert.match(page.text, /href="#f-draft-decision-nb-own-0-text"/);
    assert.match(page.text, /value="Bedingung" selected/);
    assert.match(page.text, /name="draft-decision\.nb\.own-0\.on" value="ja" checked/);
  });

  it('words too long for a decision are kept and refused at their field', async () => {
    const id = await newCase();
    const fields = formFields((await open(id)).text, 'draft-decision');
    const page = await send(id, 'draft-decision', { ...fields, discretion: 'k'.repeat(20_001) });
    assert.equal(page.status, 422);
    assert.match(page.text, /href="#f-draft-decision-discretion">Kürzen Sie die Angabe auf höchstens 20000 Zeichen/);
    assert.ok(page.text.includes('k'.repeat(20_001)));
  });

  it("§ 28 Abs. 1 VwVfG: a refusal without a hearing is refused in the domain's words", async () => {
    const id = await newCase();
    const fields = formFields((await open(id, officer, '?ergebnis=refuse')).text, 'draft-decision');
    const page = await send(id, 'draft-decision', { ...fields, reasons: 'Gesund.', discretion: 'Der Erhalt überwiegt.' });
    assert.equal(page.status, 422);
    assert.match(page.text, /Hören Sie die Person zuerst an/);
    assert.match(page.text, /Der Erhalt überwiegt\.<\/textarea>/);
  });

  it('somebody outside the authority cannot be given the case, and no authority is invented', async () => {
    const id = await newCase();
    assert.equal((await send(id, 'assign', { staffId: elsewhere.staffId })).status, 422);
    assert.equal((await send(id, 'transfer', { authority: 'bezirksamt-mond', reason: 'Umzug' })).status, 422);
    assert.equal((await stateOf(id)).version, 1);
  });
});

describe('two officers at once', () => {
  it('the second is told who was faster, sees the new state and keeps the text', async () => {
    const id = await newCase();
    const seen = (await stateOf(id)).version;
    await doIt(id, { action: 'note', text: 'Ortstermin vereinbart' }, lead);
    const page = await send(id, 'note', { text: 'Mein langer Vermerk' }, { version: seen });
    assert.equal(page.status, 409);
    assert.match(page.text, /Jemand anderes war schneller/);
    assert.match(page.text, /Birgit Leitner hat einen Vermerk geschrieben/);
    assert.match(page.text, /Mein langer Vermerk<\/textarea>/);
    const again = await send(id, 'note', { text: 'Mein langer Vermerk' }, { version: seen + 1 });
    assert.equal(again.to, `/eingang/${id}?ok=note`);
  });

  it('a step that is no longer possible still gives the text back, without a button', async () => {
    const id = await newCase();
    await doIt(id, { action: 'confirm-complete' });
    const seen = (await stateOf(id)).version;
    await doIt(id, { action: 'suspend', reason: 'Gutachten' }, lead);
    const page = await send(id, 'extend', { reason: 'Viele Anträge' }, { version: seen });
    assert.equal(page.status, 409);
    assert.ok(!formsOf(page.text).includes('extend'));
    assert.match(page.text, /Ihre Eingabe, nicht gespeichert/);
    assert.match(page.text, /Viele Anträge<\/textarea>/);
  });

  it('a mistake does not hide that the case has changed meanwhile', async () => {
    const id = await newCase();
    const seen = (await stateOf(id)).version;
    await doIt(id, { action: 'note', text: 'Dazwischen' }, lead);
    const page = await send(id, 'remind', { on: '99.99.2026' }, { version: seen });
    assert.equal(page.status, 422);
    assert.match(page.text, new RegExp(`/eingang/${id}/remind"[^>]*>\\s*<input type="hidden" name="version" value="${seen}">`));
  });

  it('a form without a version counts as out of date', async () => {
    const id = await newCase();
    assert.equal((await send(id, 'note', { text: 'Ohne Stand' }, { version: Number.NaN })).status, 409);
  });
});

describe('from draft to decision', () => {
  it('the proposal can be saved as it stands, edited, seen and decided', async () => {
    const id = await newCase();
    const fields = formFields((await open(id)).text, 'draft-decision');
    assert.deepEqual(tickedIn(fields), ['ersatzpflanzung', 'schonzeit', 'befristung']);
    assert.match(fields['nb.ersatzpflanzung.text']![0]!, /auf dem Grundstück \d+ standortgerechte/);
    const draft = {
      ...fields,
      discretion: 'Der Baum ist krank.\r\n\r\nDer Erhalt ist unzumutbar.',
      fee: '1.250,5',
      'nb.ersatzpflanzung.on': [],
      'nb.befristung.on': [],
      'nb.own-0.on': 'ja',
      'nb.schonzeit.text': 'Fällen Sie nicht im Sommer.',
      'nb.own-0.kind': 'Bedingung',
      'nb.own-0.text': 'Erst nach dem Ortstermin.',
    };
    assert.equal((await send(id, 'draft-decision', draft)).to, `/eingang/${id}?ok=draft-decision`);
    const saved = (await stateOf(id)).draft!;
    assert.equal(saved.feeCents, 125_050);
    assert.deepEqual(saved.text.discretion, ['Der Baum ist krank.', 'Der Erhalt ist unzumutbar.']);
    assert.deepEqual(saved.text.nebenbestimmungen, [
      { kind: 'Auflage', text: 'Fällen Sie nicht im Sommer.' },
      { kind: 'Bedingung', text: 'Erst nach dem Ortstermin.' },
    ]);
    assert.deepEqual(
      saved.text.items.map((item) => item.label),
      ['Baum 1', 'Baum 2'],
    );
    const page = await open(id, officer, '?ok=draft-decision');
    assert.match(page.text, /Der Entwurf ist gespeichert/);
    assert.deepEqual(tickedIn(formFields(page.text, 'draft-decision')), ['schonzeit', 'own-0']);
    assert.match(page.text, /ins Postfach gelegt\. Das lässt sich nicht zurücknehmen/);
    assert.equal((await send(id, 'decide', {})).to, `/eingang/${id}?ok=decide`);
    const decided = await open(id);
    assert.equal((await stateOf(id)).status, 'beschlossen');
    assert.match(decided.text, /am 24\.11\.2026, Anke Altmann/);
    assert.match(decided.text, /1\.250,50/);
  });

  it('four eyes: a refusal is drafted after the hearing, approved by the Leitung only', async () => {
    const id = await newCase();
    assert.equal((await send(id, 'hear', { text: 'Wir erwägen, abzulehnen.' })).status, 303);
    city.clock.advance({ days: 1 });
    await doIt(id, { action: 'answer-hearing', text: 'Nein bitte.' }, city.citizen);
    const fields = formFields((await open(id, officer, '?ergebnis=refuse')).text, 'draft-decision');
    assert.deepEqual(fields['outcome'], ['refuse']);
    assert.equal((await send(id, 'draft-decision', { ...fields, reasons: 'Der Baum ist gesund.', discretion: 'Der Erhalt überwiegt.' })).status, 303);
    assert.equal((await send(id, 'submit-for-approval', {})).status, 303);
    assert.ok(!formsOf((await open(id)).text).includes('approve'));
    const forLead = await open(id, lead);
    assert.ok(formsOf(forLead.text).includes('approve') && formsOf(forLead.text).includes('return-draft'));
    assert.match(forLead.text, /Der Erhalt überwiegt/);
    assert.equal((await send(id, 'return-draft', { remark: 'Bitte § nennen' }, { actor: lead })).status, 303);
    assert.match((await open(id)).text, /Bitte § nennen/);
  });
});

describe('inbox', () => {
  it('counts, search over all cases, and an assignment that moves the case', async () => {
    const id = await newCase();
    const { fileNumber } = await stateOf(id);
    const visit = visitOf(officer, `/eingang/${id}/assign`, { id, action: 'assign' });
    const fields = new URLSearchParams({ version: '1', 'assign.staffId': '', 'assign.me': officer.staffId });
    assert.equal((await shown((routeFor('post', '/eingang/:id/:action') as PostPage).handle({ ...visit, fields, files: [] }))).to, `/eingang/${id}?ok=assign`);
    const mine = await inbox('?ansicht=meine');
    assert.ok(mine.text.includes(fileNumber) && mine.text.includes('Anke Altmann') && mine.text.includes('Keine Frist'));
    const found = await inbox(`?suche=${encodeURIComponent(`petersen ${fileNumber.toLowerCase()}`)}`);
    assert.ok(found.text.includes(`href="/eingang/${id}"`));
    assert.match(found.text, /aria-current="page">Alle/);
    assert.match((await inbox('?suche=niemand')).text, /Kein Vorgang passt zu dieser Suche/);
    assert.ok(!(await inbox('?ansicht=alle', elsewhere)).text.includes(fileNumber));
    assert.ok((await inbox('?ansicht=alle', revision)).text.includes(fileNumber));
  });

  it('hostile addresses do no harm', async () => {
    assert.equal((await inbox("?ansicht=x&nach='%3Bdrop&suche=%25_%27")).status, 200);
    const page = await inbox('?suche=%3Cscript%3E');
    assert.ok(!page.text.includes('<script>') && page.text.includes('&lt;script&gt;'));
  });

  it('after a transfer the officer lands in the inbox', async () => {
    const id = await newCase();
    const done = await send(id, 'transfer', { authority: 'bezirksamt-nord', reason: 'Der Baum steht in Nord.' });
    assert.equal(done.to, '/eingang?ok=transfer');
    assert.match((await inbox('?ok=transfer')).text, /Der Vorgang ist abgegeben/);
    assert.match((await open(id, elsewhere)).text, /hat den Vorgang abgegeben an: Bezirksamt Hamburg-Nord/);
  });
});

describe('files', () => {
  const file = (id: string, uploadId: string, actor: Actor = officer): Promise<Answer> =>
    (routeFor('get', '/eingang/:id/datei/:uploadId') as GetPage).handle(visitOf(actor, '/', { id, uploadId }));
  it('are shown inline to the responsible, to nobody else, and only what was handed in', async () => {
    const id = await newCase();
    const uploadId = new RegExp(`/eingang/${id}/datei/([0-9a-f-]{36})`).exec((await open(id)).text)![1]!;
    const shownFile = await file(id, uploadId);
    assert.ok(shownFile.kind === 'file' && shownFile.inline === true && shownFile.mediaType === 'image/png');
    assert.equal((await file(id, uploadId, elsewhere)).kind, 'problem');
    assert.equal((await file(id, id)).kind, 'problem');
    assert.equal((await file(id, "x' or 1=1")).kind, 'problem');
  });
});
