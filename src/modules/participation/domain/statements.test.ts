import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { expectOk } from '../../../kernel/result.ts';
import { findPersonalWords, markedPieces } from './anonymise.ts';
import { decideStatement, receive, type StatementCommand } from './decide-statement.ts';
import type { StatementEvent } from './events.ts';
import type { Round } from './participation.ts';
import { evolveStatement, shownPlaces, shownText, type Statement } from './statement.ts';
import { LIMITS, readStatement } from './statement-input.ts';
import { isToken, randomToken } from '../../../kernel/token.ts';
import { reckonedMs } from '../../../../test/support/reckoned-time.ts';

const author = { name: 'Dr. Grete Müller-Özdemir', address: 'Elbchaussee 12a, 22765 Hamburg', email: 'grete@example.de' };
const received = (change: { late?: boolean; personal?: boolean } = {}): Statement => {
  const event: StatementEvent = {
    kind: 'stellungnahme-eingegangen',
    facts: {
      statementId: 's',
      caseId: 'c',
      number: 'ST-2026-000001-A',
      roundId: 'r',
      answer: 'statement',
      receivedOn: '2026-12-10',
      late: change.late ?? false,
      via: 'online',
      places: 0,
      files: [],
    },
    content: { text: 'Ich, Grete Müller, bin dagegen.', conditions: [], author, personal: change.personal ?? true, places: [], attachments: [] },
  };
  return evolveStatement(undefined, event, { version: 1, actor: 'anonymous' });
};
const doIt = (state: Statement, command: StatementCommand): Statement =>
  expectOk(decideStatement(state, command, '2026-12-20')).reduce(
    (one: Statement, event) => evolveStatement(one, event, { version: one.version + 1, actor: 'staff:a' }),
    state,
  );
const refused = (state: Statement, command: StatementCommand): string => {
  const result = decideStatement(state, command, '2026-12-20');
  assert.ok(!result.ok);
  return `${result.problem.kind} ${result.problem.fields?.[0]?.field ?? ''}`.trim();
};
const weigh = { action: 'weigh', result: 'nicht-gefolgt', reasons: 'Wohnraum wiegt schwerer.', reply: 'Wir haben Ihre Sorge geprüft.' } as const;

describe('§ 1 Abs. 7, § 3 Abs. 2 BauGB: every statement is weighed and answered', () => {
  it('a result needs reasons and an answer', () => {
    assert.equal(refused(received(), { ...weigh, reasons: ' ' }), 'invalid-input reasons');
    assert.equal(refused(received(), { ...weigh, reply: '' }), 'invalid-input reply');
    const weighed = doIt(received(), weigh);
    assert.deepEqual([weighed.weighing?.result, weighed.weighing?.by, weighed.weighing?.on], ['nicht-gefolgt', 'staff:a', '2026-12-20']);
  });
  it('weighed the same again changes nothing; weighed anew, the author is told anew', () => {
    const told = doIt(doIt(received(), weigh), { action: 'replied', via: 'mail' });
    assert.equal(told.repliedOn, '2026-12-20');
    assert.equal(doIt(told, weigh).version, told.version);
    assert.equal(doIt(told, { ...weigh, result: 'teilweise' }).repliedOn, undefined);
  });
  it('no answer leaves before the result', () => assert.equal(refused(received(), { action: 'replied', via: 'paper' }), 'wrong-state'));
});

describe('§ 4a Abs. 5 BauGB: late statements', () => {
  const disregard = { ...weigh, result: 'unberuecksichtigt' } as const;
  it('one in time may not be disregarded', () => assert.equal(refused(received(), { ...disregard, mayBeDisregarded: true }), 'invalid-input result'));
  it('a late one only when its three conditions are confirmed', () => {
    assert.equal(refused(received({ late: true }), disregard), 'invalid-input mayBeDisregarded');
    assert.equal(doIt(received({ late: true }), { ...disregard, mayBeDisregarded: true }).weighing?.result, 'unberuecksichtigt');
  });
  const round = { kind: 'oeffentlich', status: 'open', startsOn: '2026-12-02', dueOn: '2027-01-04' } as Round;
  for (const [day, late] of [
    ['2026-12-02', false],
    ['2027-01-04', false],
    ['2027-01-05', true],
  ] as const) {
    it(`received on ${day}: ${late ? 'late' : 'in time'}`, () => assert.deepEqual(expectOk(receive(round, day, day, false)), { late }));
  }
  it('before the first day, after closing, and to a round of agencies nothing is taken', () => {
    for (const [one, day] of [
      [round, '2026-12-01'],
      [{ ...round, status: 'closed' }, '2027-01-10'],
      [{ ...round, kind: 'stellen' }, '2026-12-10'],
    ] as const) {
      const result = receive(one, day, day, false);
      assert.equal(result.ok ? '' : result.problem.kind, 'wrong-state');
    }
  });
  it('what came on paper is taken after closing too', () =>
    assert.deepEqual(expectOk(receive({ ...round, status: 'closed' }, '2027-01-03', '2027-01-20', true)), { late: false }));
});

describe('What others may read', () => {
  it('of a person nothing before it is anonymised', () => {
    assert.equal(shownText(received()), undefined);
    assert.equal(refused(received(), { action: 'release' }), 'wrong-state');
    assert.equal(refused(received(), { action: 'publish' }), 'wrong-state');
    const clean = doIt(received(), { action: 'anonymise', text: 'Eine Anwohnerin ist dagegen.', confirmed: false, placesShown: true });
    assert.equal(shownText(doIt(doIt(clean, { action: 'release' }), { action: 'publish' })), 'Eine Anwohnerin ist dagegen.');
  });
  it('of an agency its own words', () => assert.equal(shownText(received({ personal: false })), 'Ich, Grete Müller, bin dagegen.'));
  it('a version that still names the author is refused until confirmed', () => {
    const left = { action: 'anonymise', text: 'Frau Müller ist dagegen.', confirmed: false, placesShown: true } as const;
    assert.equal(refused(received(), left), 'invalid-input anonymised');
    assert.equal(doIt(received(), { ...left, confirmed: true }).anonymised, left.text);
  });
  it('of a person a place is seen only when an officer says so: it may be the home', () => {
    const at = { ...received(), places: [{ lon: 10, lat: 53.55 }] };
    assert.deepEqual(shownPlaces(at), []);
    assert.deepEqual(shownPlaces(doIt(at, { action: 'anonymise', text: 'Dagegen.', confirmed: false, placesShown: false })), []);
    assert.deepEqual(shownPlaces(doIt(at, { action: 'anonymise', text: 'Dagegen.', confirmed: false, placesShown: true })), at.places);
  });
  it('taken back, it is no longer public', () => {
    const published = doIt(doIt(received(), { action: 'anonymise', text: 'Dagegen.', confirmed: false, placesShown: true }), { action: 'publish' });
    assert.equal(doIt(published, { action: 'unpublish' }).publishedOn, undefined);
    assert.equal(doIt(published, { action: 'publish' }).version, published.version);
  });
  it('a changed answer loses what was decided about the old one', () => {
    const decided = doIt(doIt(doIt(received({ personal: false }), { action: 'release' }), { action: 'publish' }), weigh);
    const { text: _text, ...facts } = { text: '', answer: 'objection', receivedOn: '2026-12-21', late: false, via: 'link', files: [] } as const;
    const words = { text: 'neu', conditions: [], author: {}, personal: false, places: [], attachments: [] };
    const replaced = evolveStatement(decided, { kind: 'stellungnahme-ersetzt', facts, content: words }, { version: 9, actor: 'anonymous' });
    assert.deepEqual(
      [replaced.releasedOn, replaced.publishedOn, replaced.weighing, replaced.revision, replaced.text],
      [undefined, undefined, undefined, 1, 'neu'],
    );
  });
});

describe('Marks of the author in a text', () => {
  const found = (text: string): string[] => findPersonalWords(text, author).map(({ from, to }) => text.slice(from, to));
  for (const [text, marks] of [
    ['Ich heiße Grete Müller.', ['Grete', 'Müller']],
    ['MUELLERS Garten', ['MUELLERS']],
    ['Bei Oezdemir in der Elbchaussee 12a', ['Oezdemir', 'Elbchaussee 12a']],
    ['Müllerstraße und Mühle', []],
    ['Dr. und Hamburg sagen nichts', []],
    ['Rufen Sie 040 / 123 45 67 an oder schreiben Sie grete@example.de', ['040 / 123 45 67', 'grete@example.de']],
    ['Der Plan 2026 hat 1.200 Wohnungen auf 3,5 ha', []],
    ['IBAN DE89 3704 0044 0532 0130 00', ['DE89 3704 0044 0532 0130 00']],
  ] as const) {
    it(text, () => assert.deepEqual(found(text), marks));
  }
  it('the pieces joined are the text, whatever is typed; hostile names are only words', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (text, name, address) => {
        const marks = findPersonalWords(text, { name, address });
        return (
          markedPieces(text, marks)
            .map((piece) => piece.text)
            .join('') === text && marks.every((mark, index) => mark.from < mark.to && mark.from >= (marks[index - 1]?.to ?? 0))
        );
      }),
    );
  });
  it('a long text full of digits is read in no time', () => {
    const start = reckonedMs();
    findPersonalWords('0 1 '.repeat(2500), { name: 'a'.repeat(200) });
    assert.ok(reckonedMs() - start < 500);
  });
});

describe('What somebody typed', () => {
  const who = { answer: 'statement', personal: true, attachments: [] } as const;
  const fields = (input: Parameters<typeof readStatement>[0], as: Parameters<typeof readStatement>[1] = who): string[] => {
    const read = readStatement(input, as);
    return read.ok ? [] : (read.problem.fields ?? []).map(({ field }) => field);
  };
  it('a statement needs words, not a name', () => {
    assert.deepEqual(fields({ text: ' ' }), ['text']);
    assert.deepEqual(fields({ text: 'Nein.' }), []);
  });
  it('"no objection" needs none, an objection does, conditions need one or the other', () => {
    assert.deepEqual(fields({ text: '' }, { ...who, answer: 'no-objection' }), []);
    assert.deepEqual(fields({ text: '' }, { ...who, answer: 'objection' }), ['text']);
    assert.deepEqual(fields({ text: '' }, { ...who, answer: 'conditions' }), ['text']);
    assert.deepEqual(fields({ text: '', conditions: ['Rettungsweg freihalten'] }, { ...who, answer: 'conditions' }), []);
  });
  it('limits hold at their edge', () => {
    assert.deepEqual(fields({ text: 'x'.repeat(LIMITS.text) }), []);
    assert.deepEqual(fields({ text: 'x'.repeat(LIMITS.text + 1), author: { name: 'n'.repeat(201), email: 'kein at' } }), ['text', 'name', 'email']);
    assert.deepEqual(fields({ text: 'x', places: [{ lon: 13.4, lat: 52.5 }] }), ['place']);
    assert.deepEqual(fields({ text: 'x', places: Array.from({ length: 6 }, () => ({ lon: 10, lat: 53.5 })) }), ['place']);
  });
  it('tokens are 256 bits and never alike', () => {
    const tokens = new Set(Array.from({ length: 500 }, randomToken));
    assert.ok(tokens.size === 500 && [...tokens].every(isToken));
    for (const wrong of ['', 'x', '../etc', 'a'.repeat(42), `${'a'.repeat(42)}=`, 'a'.repeat(44)]) assert.equal(isToken(wrong), false);
  });
});
