import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { DEMO_PEOPLE } from './demo-people.ts';
import { readEidClaims, readStaffClaims } from './claims.ts';
import { safeNextPath } from './next-path.ts';
import { passwordFault } from './password.ts';
import { checkProfile, readEmail } from './profile-input.ts';
import { mayBeSamePerson } from './same-person.ts';
import { absoluteEnd, isAlive } from './session.ts';
import { ACCOUNT_RULE, countTry, waitMinutes, type Failures } from './throttle.ts';
import { suffices, trustOfAcr } from './trust.ts';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

describe('passwords', () => {
  for (const [password, fault] of [
    ['neunzeich', /zu kurz/],
    ['ÄÖÜäöüßé€', /zu kurz/],
    ['Passwort123', /Listen/],
    ['QWERTZ123456', /Listen/],
    ['abcdefghijklm', /Listen/],
    ['aaaaaaaaaaaa', /Listen/],
    ['ababababababab', /Listen/],
    ['Petersen1984', /Ihrem Namen/],
    ['katharina.petersen1', /Ihrem Namen/],
    ['x'.repeat(201), /zu lang/],
  ] as const) {
    it(`refuses ${password.slice(0, 24)}`, () =>
      assert.match(passwordFault(password, ['katharina.petersen@buerger.example', 'Katharina', 'Petersen'])!, fault));
  }
  for (const password of ['drei Fische im Regal', 'Moin-Kontor-Demo', 'Petersen und die sieben Möwen', '🐟🐟🐠🐡🦈🐙🦑🦐🦞🦀']) {
    it(`takes ${password}`, () => assert.equal(passwordFault(password, ['k@buerger.example', 'Katharina', 'Petersen']), undefined));
  }
});

describe('where to go after signing in', () => {
  for (const path of ['/konto', '/antrag/0190/seite/orte?von=mail#oben', '/dienste/baumfaellung?q=%C3%A4']) {
    it(`takes ${path}`, () => assert.equal(safeNextPath(path, '/x'), path));
  }
  for (const path of [
    null,
    '',
    'konto',
    'https://evil.example',
    '//evil.example',
    '/\\evil',
    '\\\\evil',
    '/.//evil.example',
    '/a/..//evil.example',
    '/konto\n',
    '/\u0000',
    '/anmelden',
    '/abmelden/anbieter',
    '/api/me',
    '/demo-idp/auth',
    `/${'a'.repeat(2001)}`,
  ]) {
    it(`refuses ${JSON.stringify(path)?.slice(0, 40)}`, () => assert.equal(safeNextPath(path, '/x'), '/x'));
  }
  it('never leaves the city, whatever it is given', () => {
    const nasty = fc.stringMatching(/^[/\\.:@a-z%?#\t ]{0,30}$/);
    fc.assert(
      fc.property(fc.oneof(nasty, fc.webUrl(), fc.string()), (wanted) => {
        const path = safeNextPath(wanted, '/x');
        assert.equal(new URL(path, 'https://stadt.example').origin, 'https://stadt.example');
        assert.ok(path.startsWith('/') && !path.startsWith('//'));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('pauses after failed tries', () => {
  const tries = (count: number): Failures => {
    let state: Failures | undefined;
    for (let i = 0; i < count; i++) state = countTry(state, ACCOUNT_RULE, at('2026-11-24T09:00:00Z'));
    return state!;
  };
  for (const [count, minutes] of [
    [1, 0],
    [4, 0],
    [5, 1],
    [6, 2],
    [7, 4],
    [8, 8],
    [9, 15],
    [40, 15],
  ] as const) {
    it(`after ${count} tries: ${minutes} minutes`, () => assert.equal(waitMinutes(tries(count), at('2026-11-24T09:00:00Z')), minutes));
  }
  it('lets in again when the pause is over, and forgets after an hour', () => {
    assert.equal(waitMinutes(tries(5), at('2026-11-24T09:00:59Z')), 1);
    assert.equal(waitMinutes(tries(5), at('2026-11-24T09:01:00Z')), 0);
    assert.equal(countTry(tries(40), ACCOUNT_RULE, at('2026-11-24T10:00:00Z')).failures, 1);
  });
});

describe('trust level (Art. 8 eIDAS)', () => {
  for (const [acr, level] of [
    ['http://eidas.europa.eu/LoA/low', 'einfach'],
    ['http://eidas.europa.eu/LoA/substantial', 'substanziell'],
    ['http://eidas.europa.eu/LoA/high', 'hoch'],
    ['https://eidas.europa.eu/LoA/high', undefined],
    ['http://eidas.europa.eu/LoA/high ', undefined],
    ['HTTP://EIDAS.EUROPA.EU/LOA/HIGH', undefined],
    ['toString', undefined],
    ['', undefined],
    [undefined, undefined],
    [['http://eidas.europa.eu/LoA/high'], undefined],
  ] as const) {
    it(`${JSON.stringify(acr)} -> ${level}`, () => assert.equal(trustOfAcr(acr), level));
  }
  it('orders the levels', () => {
    assert.equal(suffices('hoch', 'substanziell'), true);
    assert.equal(suffices('substanziell', 'substanziell'), true);
    assert.equal(suffices('einfach', 'substanziell'), false);
  });
});

describe('whether a card may be joined to an account', () => {
  const card = { givenName: 'KATHARINA ELISABETH', familyName: 'PETERSEN', birthDate: day('1984-05-17') };
  for (const [what, account, same] of [
    ['same person, one given name', { givenName: 'Katharina', familyName: 'Petersen', birthDate: day('1984-05-17') }, true],
    ['no date of birth in the account', { givenName: 'Katharina', familyName: 'Petersen' }, true],
    ['other date of birth', { givenName: 'Katharina', familyName: 'Petersen', birthDate: day('1984-05-18') }, false],
    ['other family name', { givenName: 'Katharina', familyName: 'Peters' }, false],
    ['other given name', { givenName: 'Karl', familyName: 'Petersen' }, false],
    ['part of a given name', { givenName: 'Kat', familyName: 'Petersen' }, false],
    ['empty names', { givenName: '', familyName: '' }, false],
  ] as const) {
    it(`${what}: ${same}`, () => assert.equal(mayBeSamePerson(account, card), same));
  }
  it('reads umlauts, ß, accents and hyphens alike', () => {
    assert.equal(mayBeSamePerson({ givenName: 'Jürgen', familyName: 'Strauß' }, { givenName: 'JUERGEN', familyName: 'STRAUSS' }), true);
    assert.equal(mayBeSamePerson({ givenName: 'Anna-Lena', familyName: "O'Neill" }, { givenName: 'Lena', familyName: 'O’Neill' }), true);
    assert.equal(mayBeSamePerson({ givenName: 'Zoë', familyName: 'Çelik' }, { givenName: 'Zoe', familyName: 'Celik' }), true);
  });
});

describe('claims of a provider', () => {
  const eid = {
    sub: 'x',
    given_name: ' Katharina ',
    family_name: 'Petersen',
    birthdate: '1984-05-17',
    email: 'K@X.example',
    address: { street_address: 'Am Alten Markt 12 a', postal_code: '22765', locality: 'Hamburg' },
  };
  it('gives name, day, address; an e-mail only when the provider checked it', () => {
    assert.deepEqual(readEidClaims(eid), {
      givenName: 'Katharina',
      familyName: 'Petersen',
      birthDate: day('1984-05-17'),
      address: { street: 'Am Alten Markt', houseNumber: '12 a', postcode: '22765', place: 'Hamburg' },
    });
    assert.equal(readEidClaims({ ...eid, email_verified: true })?.email, 'k@x.example');
    assert.equal(readEidClaims({ ...eid, email_verified: 'true' })?.email, undefined);
  });
  it('drops what it cannot read', () => {
    for (const birthdate of ['0000-05-17', '1984', '1984-13-01', '17.05.1984', 5]) assert.equal(readEidClaims({ ...eid, birthdate })?.birthDate, undefined);
    for (const address of [
      null,
      'Straße 1',
      { street_address: 'Ohne Nummer', postal_code: '22765', locality: 'H' },
      { street_address: 'Weg 1', postal_code: 'ABC', locality: 'H' },
    ]) {
      assert.equal(readEidClaims({ ...eid, address })?.address, undefined);
    }
    assert.equal(readEidClaims({ ...eid, given_name: '' }), undefined);
    assert.equal(readEidClaims({ ...eid, family_name: 7 }), undefined);
  });
  it('takes known roles only, and nobody without one', () => {
    const staff = { name: 'Anke', email: 'a@b.example', roles: ['leitung', 'root', 'leitung', 7], authorities: ['bezirksamt-altona', '../x', 'A B'] };
    assert.deepEqual(readStaffClaims(staff), { name: 'Anke', email: 'a@b.example', roles: ['leitung'], authorities: ['bezirksamt-altona'] });
    for (const roles of [[], ['root'], 'leitung', undefined]) assert.equal(readStaffClaims({ ...staff, roles }), undefined);
  });
});

describe('what a person types', () => {
  const input = { givenName: 'Anna', familyName: 'Müller', birthDate: '', street: '', houseNumber: '', postcode: '', place: '' };
  const today = day('2026-11-24');
  for (const [change, field] of [
    [{ givenName: '  ' }, 'givenName'],
    [{ familyName: '<b>x</b>' }, 'familyName'],
    [{ familyName: 'x'.repeat(121) }, 'familyName'],
    [{ givenName: 'a\u0000b' }, 'givenName'],
    [{ birthDate: '31.02.1990' }, 'birthDate'],
    [{ birthDate: '25.11.2026' }, 'birthDate'],
    [{ birthDate: '01.01.1900' }, 'birthDate'],
    [{ birthDate: 'gestern' }, 'birthDate'],
    [{ street: 'Weg' }, 'houseNumber'],
    [{ street: 'Weg', houseNumber: '1', postcode: '2276', place: 'Hamburg' }, 'postcode'],
    [{ street: 'Weg', houseNumber: 'eins', postcode: '22765', place: 'Hamburg' }, 'houseNumber'],
  ] as const) {
    it(`names the field ${field} for ${JSON.stringify(change).slice(0, 50)}`, () => {
      const { faults, profile } = checkProfile({ ...input, ...change }, today);
      assert.equal(profile, undefined);
      assert.ok(faults.some((fault) => fault.field === field));
    });
  }
  it('takes a German and an ISO date, and a whole address', () => {
    assert.ok(checkProfile({ ...input, birthDate: '1.2.1990' }, today).profile?.birthDate?.equals(day('1990-02-01')));
    assert.ok(checkProfile({ ...input, birthDate: '1990-02-01' }, today).profile?.birthDate?.equals(day('1990-02-01')));
    assert.deepEqual(
      checkProfile({ ...input, street: ' Große   Bergstraße ', houseNumber: '12-14', postcode: '22767', place: 'Hamburg' }, today).profile?.address,
      { street: 'Große Bergstraße', houseNumber: '12-14', postcode: '22767', place: 'Hamburg' },
    );
  });
  for (const [typed, read] of [
    [' Anna@Beispiel.DE ', 'anna@beispiel.de'],
    ['a+b@x.example', 'a+b@x.example'],
    ['anna@beispiel', undefined],
    ['anna', undefined],
    ['a@b.de\nBcc: c@d.de', undefined],
    ['a@b..de', undefined],
    [`${'a'.repeat(250)}@b.de`, undefined],
  ] as const) {
    it(`e-mail ${JSON.stringify(typed).slice(0, 30)} -> ${read}`, () => assert.equal(readEmail(typed), read));
  }
});

describe('life of a session', () => {
  const born = at('2026-11-24T09:00:00Z');
  it('ends after 8 hours without use', () => {
    const session = { lastSeenAt: born, expiresAt: absoluteEnd('citizen', born) };
    assert.equal(isAlive(session, at('2026-11-24T16:59:59Z')), true);
    assert.equal(isAlive(session, at('2026-11-24T17:00:00Z')), false);
  });
  for (const [kind, last, over] of [
    ['citizen', '2026-11-25T08:59:59Z', '2026-11-25T09:00:00Z'],
    ['staff', '2026-11-24T20:59:59Z', '2026-11-24T21:00:00Z'],
  ] as const) {
    it(`ends for ${kind} at ${over} however much it is used`, () => {
      const expiresAt = absoluteEnd(kind, born);
      assert.equal(isAlive({ lastSeenAt: at(last), expiresAt }, at(last)), true);
      assert.equal(isAlive({ lastSeenAt: at(last), expiresAt }, at(over)), false);
    });
  }
});

describe('demo people', () => {
  it('have addresses nobody owns, names of their own and one subject each', () => {
    assert.equal(new Set(DEMO_PEOPLE.map((person) => person.subject)).size, DEMO_PEOPLE.length);
    for (const person of DEMO_PEOPLE) assert.match(person.email, /\.example$/);
  });
});
