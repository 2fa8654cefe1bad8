import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { repositoryRoot } from '../../../../test/support/temporary-city.ts';
import { loadServices } from '../../catalogue/public.ts';
import { CITY_PAGES } from '../domain/city-pages.ts';
import { loadSituations, readElsewhere, readSituations, type EntranceFiles } from './load-situations.ts';

const root = join(repositoryRoot, 'services');
const WORDS = '{ de: a, en: a, leicht: a }';
const entry = (key: string, steps: string): string => `- key: ${key}\n  icon: home\n  name: ${WORDS}\n  lead: ${WORDS}\n  words: [a]\n  steps:\n${steps}`;
const elsewhere = `    - elsewhere: ${WORDS}\n      what: ${WORDS}\n      source: § 1 A\n`;
const mistakesOf = (text: string): string[] =>
  readSituations(text, new Set(['hund', 'baum'])).mistakes.map(({ file, line, message }) => `${file}:${line} ${message}`);

describe('the city’s own file of situations', () => {
  let files: EntranceFiles;
  let known: ReadonlySet<string>;
  before(async () => {
    known = new Set((await loadServices(root, Temporal.PlainDate.from('2026-11-24'))).packages.keys());
    files = loadSituations(root, known);
    assert.deepEqual(files.mistakes, []);
  });
  it('has at least eight, and every service of the city stands in one', () => {
    assert.ok(files.situations.length >= 8);
    const named = new Set(files.situations.flatMap(({ steps }) => steps.flatMap((step) => ('service' in step ? [step.service] : []))));
    assert.deepEqual(
      [...known].filter((key) => !named.has(key)),
      [],
    );
  });
  it('speaks Leichte Sprache: no sentence of more than 15 words', () => {
    const texts = files.situations.flatMap(({ name, lead, steps }) => [
      name.leicht,
      lead.leicht,
      ...steps.flatMap((step) => ('elsewhere' in step ? [step.elsewhere.leicht, step.what.leicht] : [step.why.leicht])),
    ]);
    const pages = CITY_PAGES.flatMap(({ name, summary }) => [name.leicht, summary.leicht]);
    const others = files.elsewhere.flatMap(({ name, where }) => [name.leicht, where.leicht]);
    const long = [...texts, ...pages, ...others].flatMap((text) => text.split(/(?<=[.?!])\s+/)).filter((sentence) => sentence.split(/\s+/).length > 15);
    assert.deepEqual(long, []);
  });
});

describe('a file with a mistake is refused whole, each mistake with file and line', () => {
  it('a service that nobody has', () => {
    const [said] = mistakesOf(entry('a', `    - service: hunt\n      why: ${WORDS}\n`));
    assert.match(said!, /^lebenslagen\.yaml:7 .*Die Leistung «hunt» gibt es nicht\. Es gibt: baum, hund\.$/);
  });
  it('a page that nobody has', () =>
    assert.match(mistakesOf(entry('a', `    - page: nirgends\n      why: ${WORDS}\n`))[0]!, /^lebenslagen\.yaml:7 .*Möglich sind nur: status/));
  it('a step elsewhere without its source', () => {
    assert.match(mistakesOf(entry('a', `    - elsewhere: ${WORDS}\n      what: ${WORDS}\n`))[0]!, /^lebenslagen\.yaml:7 .*source: Diese Angabe fehlt/);
  });
  it('a language that is missing', () => assert.match(mistakesOf(entry('a', elsewhere).replace(', leicht: a }', ' }'))[0]!, /^lebenslagen\.yaml:3 .*leicht/));
  it('a key twice', () => assert.match(mistakesOf(`${entry('a', elsewhere)}${entry('a', elsewhere)}`)[0]!, /^lebenslagen\.yaml:10 .*«a» gibt es zweimal/));
  it('a step that is nothing', () => assert.equal(mistakesOf(entry('a', '    - {}\n')).length, 3));
  it('no YAML, and an empty file', () => {
    assert.match(mistakesOf('- key: [')[0]!, /lebenslagen\.yaml:1 Das YAML ist nicht lesbar/);
    assert.match(mistakesOf('')[0]!, /fehlt oder ist leer/);
  });
  it('what is done elsewhere: no source, no day, a day that there is not, a key twice', () => {
    const entry = (more: string): string => `- key: a\n  name: ${WORDS}\n  where: ${WORDS}\n  words: [a]\n${more}`;
    const said = (text: string): string =>
      readElsewhere(text)
        .mistakes.map(({ file, line, message }) => `${file}:${line} ${message}`)
        .join('\n');
    assert.match(said(entry('  checked: 2026-11-29\n')), /^anderswo\.yaml:1 .*source: Diese Angabe fehlt/);
    assert.match(said(entry('  source: § 1\n')), /^anderswo\.yaml:1 .*checked/);
    assert.match(said(entry('  source: § 1\n  checked: 2026-13-29\n')), /^anderswo\.yaml:6 .*Nennen Sie den Tag/);
    assert.match(said(entry('  source: § 1\n  checked: 2026-11-29\n').repeat(2)), /^anderswo\.yaml:7 .*«a» gibt es zweimal/);
    assert.deepEqual(readElsewhere(entry('  source: § 1\n')).elsewhere, []);
  });
  it('and nothing is shown of it', () => {
    const text = `${entry('gut', elsewhere)}${entry('schlecht', `    - service: hunt\n      why: ${WORDS}\n`)}`;
    assert.deepEqual(readSituations(text, new Set(['hund'])).situations, []);
    assert.equal(readSituations(text, new Set(['hund', 'hunt'])).situations.length, 2);
  });
});
