import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectOk, ok, refuse } from '../../../kernel/result.ts';
import { wrongState } from '../../../kernel/problem.ts';
import { qrFile } from '../../../platform/ui/qr-code.ts';
import { createTypesetter } from '../../../platform/documents/typesetter.ts';
import { WORDS } from '../domain/all-words.ts';
import { RESET_BY_LETTER } from '../domain/parameters.ts';
import { ENDS } from '../domain/tree.ts';
import { advisedEnds } from './advice-sheets.ts';
import { bringSheet } from './bring-sheet.ts';
import type { HelpPlace } from './context.ts';
import { placesFor } from './help-places.ts';
import { guide, helperLanguage, helperLanguages, stepAddress } from './guide.ts';
import { PracticeDesk, type PracticeProvider } from './practice.ts';

const TODAY = Temporal.PlainDate.from('2026-11-29');
const NOW = Temporal.Instant.from('2026-11-29T09:00:00Z');
const PLAIN = { wishes: [], lang: 'de' };
const step = (path: string, lang = 'de', on = TODAY) => expectOk(guide(path, helperLanguage(lang, PLAIN), on));

describe('a step of the helper', () => {
  it('asks, numbers the question, and leads on', () => {
    const first = step('');
    assert.ok(first.at.kind === 'question');
    assert.equal(first.at.progress, 'Frage 1 von höchstens 6');
    assert.deepEqual(first.given, []);
    assert.deepEqual(
      first.at.answers.map(({ path }) => path),
      ['p', 't', 'e', 'v', 'k'],
    );
    const third = step('ps', 'tr');
    assert.ok(third.at.kind === 'question' && third.at.id === 'pin');
    assert.equal(third.at.title, WORDS.tr.questions.pin.title);
    assert.deepEqual(
      third.given.map(({ answer, again }) => [answer, again]),
      [
        [WORDS.tr.questions.card.answers.p, ''],
        [WORDS.tr.questions.issued.answers.s, 'p'],
      ],
    );
  });

  it('sends each card to its own authority, and offers no letter while that is suspended', (t) => {
    const [personal, residence] = [step('psf'), step('tsf')];
    assert.ok(personal.at.kind === 'end' && residence.at.kind === 'end');
    assert.ok(personal.at.steps.includes(WORDS.de.steps['go-office']) && !personal.at.steps.includes(WORDS.de.steps['go-foreigners-office']));
    assert.ok(residence.at.steps.includes(WORDS.de.steps['go-foreigners-office']) && !residence.at.steps.includes(WORDS.de.steps['go-office']));
    assert.ok(!personal.at.steps.includes(WORDS.de.steps['by-letter']));
    const before = step('psf', 'de', Temporal.PlainDate.from('2023-06-01'));
    assert.ok(before.at.kind === 'end' && before.at.steps.includes(WORDS.de.steps['by-letter']));
    RESET_BY_LETTER.set([{ from: '2027-04-01', value: { sent: true }, source: 'Test' }]);
    t.after(() => RESET_BY_LETTER.set([]));
    const again = (on: string) => step('psf', 'de', Temporal.PlainDate.from(on)).at;
    for (const [on, sent] of [
      ['2027-03-31', false],
      ['2027-04-01', true],
    ] as const) {
      const at = again(on);
      assert.ok(at.kind === 'end' && at.steps.includes(WORDS.de.steps['by-letter']) === sent, `set by the city, on ${on}`);
    }
    const never = step('tsf', 'de', Temporal.PlainDate.from('2023-06-01'));
    assert.ok(never.at.kind === 'end' && !never.at.steps.includes(WORDS.de.steps['by-letter']), 'there never was one for residence permits');
  });

  it('says what a card costs on that day', () => {
    const lost = step('v');
    assert.ok(lost.at.kind === 'end');
    assert.match(lost.at.cost, /46,00\u00a0€.*27,60\u00a0€/);
    assert.match(lost.at.asOf, /nicht amtlich geprüft/);
  });

  it('speaks the language asked for, else the browser’s, else the page’s', () => {
    assert.equal(helperLanguage('fa', PLAIN).direction, 'rtl');
    assert.equal(helperLanguage('xx', { wishes: [], lang: 'leicht' }).key, 'leicht');
    assert.equal(helperLanguage(null, { wishes: ['toString'], lang: 'toString' }).key, 'de');
    assert.equal(helperLanguage(null, { wishes: ['nl', 'ro', 'de'], lang: 'de' }).key, 'ro', 'the first that the browser asks for and the helper speaks');
    assert.equal(helperLanguage('tr', { wishes: ['ro'], lang: 'en' }).key, 'tr');
    assert.equal(stepAddress('psf', { language: 'ar' }), '/online-ausweis?weg=psf&sprache=ar');
    assert.equal(stepAddress(''), '/online-ausweis');
    assert.equal(stepAddress('p', { goOn: '/antrag/neu/hund?a=1&b=2' }), '/online-ausweis?weg=p&weiter=%2Fantrag%2Fneu%2Fhund%3Fa%3D1%26b%3D2');
  });
});

describe('places for an end', () => {
  const place = (name: string, ...does: HelpPlace['does']): HelpPlace => ({ name, address: 'Musterstraße 1', does });
  const ctx = { places: async () => [place('Bus'), place('Pop-up', 'pin'), place('Kundenzentrum', 'pin', 'card')] };
  const named = async (path: string) => {
    const { doing, helping } = await placesFor(ctx, step(path));
    return [doing, helping].map((some) => some.map(({ name }) => name));
  };

  it('are those that do what is needed, apart from those that only help', async () => {
    assert.deepEqual(await named('psf'), [['Pop-up', 'Kundenzentrum'], ['Bus']], 'a new PIN');
    assert.deepEqual(await named('k'), [['Kundenzentrum'], []], 'a new card: nobody walks to a bus for it');
    assert.deepEqual(await named('v'), [['Kundenzentrum'], []], 'a lost card');
    assert.deepEqual(await named('psjn'), [[], ['Bus', 'Pop-up', 'Kundenzentrum']], 'help is enough');
  });

  it('are the foreigners’ office alone for a residence permit, and none where the phone is enough', async () => {
    assert.deepEqual((await named('tsf'))[0], []);
    assert.deepEqual(await named('psjj'), [[], []]);
    assert.deepEqual(await placesFor({}, step('psf')), { doing: [], helping: [] });
  });
});

describe('the sheet to take along', () => {
  const typesetter = createTypesetter({ clock: () => NOW });
  const ctx = { typesetter, clock: () => NOW, settings: { env: 'demo', publicUrl: 'http://localhost:8080', city: 'Demo-Stadt' } } as const;

  it('is set in every language as a PDF, with the code of its own end', async () => {
    for (const { key } of helperLanguages()) {
      const codes: string[] = [];
      const pdf = expectOk(await bringSheet(ctx, step('psf', key), (address) => (codes.push(address), qrFile(address))));
      assert.equal(Buffer.from(pdf.subarray(0, 5)).toString(), '%PDF-', key);
      assert.deepEqual(codes, [`http://localhost:8080/online-ausweis?weg=psf&sprache=${key}`]);
    }
  });

  it('is there for the end alone', async () => {
    const early = await bringSheet(ctx, step('ps'), qrFile);
    assert.ok(!early.ok && early.problem.kind === 'wrong-state');
  });
});

it('every end can be printed by somebody else, and its path leads to it', () => {
  const ends = advisedEnds(TODAY);
  assert.deepEqual(ends.map(({ key }) => key).toSorted(), [...ENDS].toSorted());
  for (const { key, path, title, steps } of ends) {
    const { at } = step(new URL(path, 'http://localhost').searchParams.get('weg')!);
    assert.ok(at.kind === 'end' && at.id === key, key);
    assert.equal(title.de, at.title);
    assert.ok(steps.length > 0 && steps.every(({ de, en, leicht }) => de !== '' && en !== '' && leicht !== ''), key);
  }
});

describe('a practice run', () => {
  const seen: unknown[] = [];
  const provider: PracticeProvider = {
    begin: async () => ok({ url: 'http://idp.example/auth', state: 's', nonce: 'n', codeVerifier: 'c' }),
    finish: async (answer, checks) => {
      seen.push(checks);
      return answer.searchParams.has('error') ? refuse(wrongState('Abgebrochen.')) : ok([{ field: 'givenName', value: 'Katharina' }]);
    },
  };
  const answer = new URL('http://localhost:8080/online-ausweis/probe/zurueck?code=1&state=s');

  it('hands its own checks to the provider, and counts once', async () => {
    const desk = new PracticeDesk(provider);
    const { holder, url } = expectOk(await desk.begin(NOW, { language: 'tr', goOn: '/antrag/neu/hund' }));
    assert.equal(url, 'http://idp.example/auth');
    const end = await desk.finish(NOW, holder, answer);
    assert.deepEqual(end.carried, { language: 'tr', goOn: '/antrag/neu/hund' }, 'the end speaks as the beginning did, and leads back');
    assert.deepEqual(expectOk(end.read), [{ field: 'givenName', value: 'Katharina' }]);
    assert.deepEqual(seen, [{ state: 's', nonce: 'n', codeVerifier: 'c' }]);
    const { read: again } = await desk.finish(NOW, holder, answer);
    assert.ok(!again.ok && again.problem.kind === 'wrong-state');
  });

  it('is over in another browser, without a cookie, and after a quarter of an hour', async () => {
    const desk = new PracticeDesk(provider);
    const { holder } = expectOk(await desk.begin(NOW, { language: 'tr', goOn: '/antrag/neu/hund' }));
    for (const other of [undefined, '', 'x'.repeat(43)]) assert.ok(!(await desk.finish(NOW, other, answer)).read.ok);
    assert.ok(!(await desk.finish(NOW.add({ minutes: 15 }), holder, answer)).read.ok);
  });

  it('forgets the oldest of many', async () => {
    const desk = new PracticeDesk(provider);
    const { holder } = expectOk(await desk.begin(NOW, { language: 'tr', goOn: '/antrag/neu/hund' }));
    const later = [];
    for (let i = 0; i < 500; i++) later.push(expectOk(await desk.begin(NOW, { language: 'tr', goOn: '/antrag/neu/hund' })).holder);
    assert.ok(!(await desk.finish(NOW, holder, answer)).read.ok);
    assert.ok((await desk.finish(NOW, later[0], answer)).read.ok);
  });
});
