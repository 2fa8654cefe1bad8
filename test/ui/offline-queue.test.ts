import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { entryFrom, isWrongPlace } from '../../src/browser/offline/forms.ts';
import { afterAnswer, followUps, insist, keyOf, nextToSend, outcomeOf, type Entry, type Outcome } from '../../src/browser/offline/queue.ts';

const entry = (id: string, over: Partial<Entry> = {}): Entry => ({
  id,
  owner: 'me',
  lage: 'l',
  place: Number(id),
  title: id,
  path: '/x',
  body: { id },
  about: id,
  enteredAt: 0,
  state: 'waiting',
  attempt: 0,
  ...over,
});
const none = (): null => null;
const CURRENT = { seq: 9, title: 'theirs' };

describe('what an answer means for an entry', () => {
  const CASES: readonly [string, number, Record<string, unknown> | undefined, Outcome['kind']][] = [
    ['taken', 201, undefined, 'kept'],
    ['the city is away', 502, undefined, 'later'],
    ['too many at once', 429, { detail: 'langsam' }, 'later'],
    ['signed out, as the API says it', 401, { detail: 'anmelden' }, 'sign-in'],
    ['signed out, as a redirect that is not followed', 0, undefined, 'sign-in'],
    ['changed by others meanwhile', 409, { detail: 'anders', current: CURRENT }, 'conflict'],
    ['not allowed', 403, { detail: 'nein' }, 'refused'],
    ['wrong words', 422, { detail: 'falsch', errors: [{ message: 'Titel fehlt.' }] }, 'refused'],
    ['no such address', 404, undefined, 'refused'],
    ['the answer of an earlier try was lost', 409, { detail: 'schon getan' }, 'refused'],
  ];
  for (const [what, status, problem, kind] of CASES)
    it(`${what}: ${kind}`, () => {
      const outcome = outcomeOf(status, problem, none);
      assert.equal(outcome.kind, kind);
      const left = afterAnswer(entry('1'), outcome);
      assert.equal(left === undefined, kind === 'kept', 'only what the city has is taken away');
    });

  it('the same request still being at work elsewhere: later', () => {
    assert.equal(outcomeOf(409, { detail: 'läuft' }, () => '1').kind, 'later');
  });
});

describe('the order of sending', () => {
  it('is that of entering, of this person only', () => {
    assert.equal(nextToSend([entry('2'), entry('1', { owner: 'you' }), entry('3')], 'me')?.id, '2');
  });

  it('a change waits for an earlier change of the same thing, others pass', () => {
    const conflict = entry('1', { about: 'a', state: 'conflict' });
    assert.equal(nextToSend([conflict, entry('2', { about: 'a' }), entry('3', { about: 'b' })], 'me')?.id, '3');
    assert.equal(nextToSend([conflict, entry('2', { about: 'a' })], 'me'), undefined);
  });

  it('who changes a thing twice does not contradict themselves', () => {
    const mine = (id: string, basis: number, over: Partial<Entry> = {}): Entry => entry(id, { about: 'task:1', body: { basis }, ...over });
    const [first, second, other, foreign] = [mine('1', 4), mine('2', 4), mine('3', 4, { about: 'task:2' }), mine('4', 4, { owner: 'you' })];
    const based = followUps([first, second, other, foreign], first, { version: 5 });
    assert.deepEqual(
      based.map(({ id, body }) => [id, body['basis']]),
      [['2', 5]],
    );
    assert.deepEqual(followUps([mine('2', 3)], first, { seq: 5 }), [], 'what was based on something else stays');
    assert.deepEqual(followUps([second], first, undefined), []);
  });

  it('who insists sends anew, upon what the others have, under a new key', () => {
    const conflict = afterAnswer(entry('1', { body: { id: '1', basis: 3 } }), { kind: 'conflict', detail: 'anders', current: CURRENT })!;
    const again = insist(conflict);
    assert.deepEqual([again.body['basis'], again.state, again.current, again.detail], [9, 'waiting', undefined, undefined]);
    assert.notEqual(keyOf(again), keyOf(conflict));
  });

  it('whatever the city answers in between, nothing is lost and nothing is done twice', () => {
    const answers = fc.array(fc.constantFrom('kept', 'later', 'lost-answer'), { maxLength: 80 });
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 20 }), answers, (things, said) => {
        let queue = things.map((about, i) => entry(String(i), { about }));
        const done: string[] = [];
        const keys = new Set<string>();
        for (const what of [...said, ...Array.from<'kept'>({ length: 25 }).fill('kept')]) {
          const next = nextToSend(queue, 'me');
          if (next === undefined) break;
          // the city knows the key: what was done once is only answered again
          if (what !== 'later' && !keys.has(keyOf(next))) done.push(next.id);
          if (what !== 'later') keys.add(keyOf(next));
          const left = afterAnswer(next, { kind: what === 'kept' ? 'kept' : 'later' });
          queue = queue.flatMap((one) => (one.id === next.id ? (left ?? []) : one));
        }
        assert.deepEqual(
          done,
          things.map((_, i) => String(i)),
        );
        assert.deepEqual(queue, []);
      }),
    );
  });
});

describe('what a form means', () => {
  const made = { id: '0190a000-0000-7000-8000-000000000001', lage: 'l', owner: 'me', place: 1, enteredAt: Date.UTC(2026, 10, 28, 20) };

  it('a new thing of the picture, at the place typed with commas, at the time it was entered', () => {
    const { path, body, about } = entryFrom('mark', { kind: 'damage', title: 'Riss', text: 'im Deich', lon: '9,97', lat: '53,54' }, made);
    assert.equal(path, '/api/lagen/l/objects');
    const geometry = { type: 'Point', coordinates: [9.97, 53.54] };
    assert.deepEqual(body, { id: made.id, kind: 'damage', title: 'Riss', geometry, facts: { text: 'im Deich' }, eventAt: '2026-11-28T20:00:00.000Z' });
    assert.equal(about, `damage:${made.id}`);
  });

  it('a change keeps what was not typed and names what it is based on', () => {
    const known = {
      id: 'zone:7',
      seq: 5,
      kind: 'zone',
      layer: 'raeumung',
      title: 'Zone 7',
      geometry: { type: 'Point', coordinates: [9, 53] },
      facts: { people: 40 },
      eventAt: '',
      ended: false,
    };
    const { body } = entryFrom('mark', { object: 'zone:7@4', title: '', text: 'geräumt', lon: '', lat: '' }, made, known);
    assert.deepEqual(
      [body['id'], body['title'], body['geometry'], body['facts'], body['basis']],
      ['7', 'Zone 7', known.geometry, { people: 40, text: 'geräumt' }, 5],
    );
  });

  it('a report names itself, so that the same twice is one', () => {
    const { path, body } = entryFrom('report', { text: 'Boot treibt', lon: '9.9', lat: '53.5' }, made);
    assert.equal(path, '/api/lagen/l/meldungen');
    assert.deepEqual(body, { text: 'Boot treibt', sourceRef: made.id, place: { lon: 9.9, lat: 53.5 }, eventAt: '2026-11-28T20:00:00.000Z' });
    assert.equal('place' in entryFrom('report', { text: 'x', lon: '', lat: '' }, made).body, false);
  });

  it('a step goes where the form goes, below the API, and names the state it is based on', () => {
    const typed = { step: 'done', basis: '7', about: 'task:1', title: 'Deich sichern: erledigt' };
    const { path, body, about } = entryFrom('step', typed, made, undefined, '/lagen/l/auftraege/1/schritte');
    assert.deepEqual([path, about], ['/api/lagen/l/auftraege/1/schritte', 'task:1']);
    assert.deepEqual(body, { basis: 7, changeId: made.id, step: { step: 'done' } });
  });

  it('a message carries who sends it, so that it can go later', () => {
    const typed = { to: 'S3', priority: 'sofort', content: 'Deich weich bei km 4', sender: 'Tom Trupp', senderFunction: 'einheit' };
    const { path, body } = entryFrom('message', typed, made);
    assert.equal(path, '/api/lagen/l/nachrichten');
    assert.deepEqual(
      [body['id'], body['direction'], body['priority'], body['to'], body['sender'], body['writtenAt']],
      [made.id, 'in', 'sofort', ['S3'], 'Tom Trupp', '2026-11-28T20:00:00.000Z'],
    );
  });

  it('a position is that of when it was entered, with how sure it is', () => {
    const { path, body } = entryFrom('position', { title: 'HLRW 21-1', position: '53,54 9,97', accuracy: '8' }, made, undefined, '/lagen/l/kraefte/u/position');
    assert.equal(path, '/api/lagen/l/kraefte/u/position');
    assert.deepEqual(body, { place: { lon: 9.97, lat: 53.54 }, at: '2026-11-28T20:00:00.000Z', accuracyMetres: 8 });
    assert.equal(isWrongPlace({ position: 'hier' }), true);
    assert.equal(isWrongPlace({ position: '53.54 9.97' }), false);
  });

  it('half a place is none', () => {
    assert.equal(isWrongPlace({ lon: '9,97', lat: '' }), true);
    assert.equal(isWrongPlace({ lon: '', lat: '' }), false);
  });
});
