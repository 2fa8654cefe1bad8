import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { categoryOf } from './category.ts';
import { claimsIn, contradict, type Claim } from './claims.ts';
import type { Category } from '../../../kernel/report.ts';

describe('what a text is about and states', () => {
  for (const [text, category, says] of [
    ['Fluttor am Kai steht offen', 'gate', 'open'],
    ['Tor 3 lässt sich nicht schließen', 'gate', 'open'],
    ['Das Tor ist nicht geschlossen', 'gate', 'open'],
    ['Schott ist geschlossen und dicht', 'gate', 'closed'],
    ['Straße überflutet, kein Durchkommen', 'flooded-street', 'blocked'],
    ['Straße gesperrt, umgestürzter Baum', 'blocked-road', 'blocked'],
    ['Straße ist nicht passierbar', 'blocked-road', 'blocked'],
    ['Straße wieder frei', 'blocked-road', 'passable'],
    ['Kind wird vermisst', 'missing-person', 'missing'],
    ['Vermisste Person wurde gefunden, wohlauf', 'missing-person', 'found'],
    ['Person treibt in der Elbe', 'person-in-water', 'missing'],
    ['Pegel St. Pauli 6,10 m über NHN', 'water-level', 6.1],
    ['Feuer im Dach, Rauch überall', 'fire', undefined],
    ['Riss in der Deichkrone, Sickerwasser', 'dyke-damage', undefined],
    ['Alles dunkel, kein Strom', 'power-cut', undefined],
    ['Schute hat sich losgerissen und treibt', 'drifting-ship', undefined],
    ['Mann ist gestürzt und blutet', 'injured', undefined],
    ['Was für ein Wind', 'other', undefined],
  ] as [string, Category, string | number | undefined][])
    it(`«${text}»: ${category}, ${String(says)}`, () => {
      assert.equal(categoryOf(text), category);
      assert.equal(claimsIn(text, category)[0]?.says, says);
    });
});

const gate = (says: 'open' | 'closed'): Claim => ({ topic: 'gate', says });
const person = (says: 'missing' | 'found'): Claim => ({ topic: 'person', says });
const level = (says: number): Claim => ({ topic: 'level', says, uncertaintyMetres: 0.1 });

describe('two facts', () => {
  for (const [rule, a, b, minutes, is] of [
    ['open and closed within minutes cannot both be', gate('open'), gate('closed'), 10, true],
    ['open and closed an hour apart can', gate('open'), gate('closed'), 60, false],
    ['twice the same is none', gate('open'), gate('open'), 0, false],
    ['of different things are none', gate('open'), person('found'), 0, false],
    ['found after missing is how it should end', person('missing'), person('found'), 30, false],
    ['missing after found cannot be', person('found'), person('missing'), 30, true],
    ['the same told the other way round', person('missing'), person('found'), -30, true],
    ['levels within their uncertainty agree', level(5.9), level(6.2), 0, false],
    ['levels beyond it do not', level(5.2), level(6.2), 0, true],
    ['what the water can rise meanwhile is allowed', level(5.6), level(6.2), 15, false],
  ] as [string, Claim, Claim, number, boolean][])
    it(rule, () => assert.equal(contradict(a, b, minutes), is));
});
