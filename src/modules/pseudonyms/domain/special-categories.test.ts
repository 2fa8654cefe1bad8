import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { specialCategories } from './special-categories.ts';
import { specialFigures } from './special-figures.ts';
import { SPECIAL_HELD_OUT, SPECIAL_TUNED } from './special-set.ts';
import { reckonedMs } from '../../../../test/support/reckoned-time.ts';

describe('Art. 9 Abs. 1 GDPR: special categories', () => {
  it('are found on the half of the set that the rules were written on', () => {
    const { precision, recall } = specialFigures(SPECIAL_TUNED);
    assert.ok(precision >= 0.97 && recall >= 0.97, JSON.stringify({ precision, recall }));
  });
  it('are found on the half that was held out', () => {
    const { precision, recall } = specialFigures(SPECIAL_HELD_OUT);
    assert.ok(precision >= 0.95 && recall >= 0.95, JSON.stringify({ precision, recall }));
  });
  it('are found among other sentences, over lines and hyphens', () => {
    const text = 'Der Antrag ging am 3. Mai ein.\nFrau Petersen leidet an Dia-\nbetes und bittet um einen\nParkplatz. Die Gebühr ist bezahlt.';
    assert.deepEqual(specialCategories(text), [{ category: 'health', name: 'Gesundheit', word: 'Diabetes' }]);
  });
  for (const text of [
    'Anna hat Krebs.',
    'Diagnose Diabetes Max Mustermann',
    'Schwerbehindertenausweis Müller',
    'Wir wissen, dass Murat schwerhörig ist und Anna ist blind.',
  ])
    it(`are found where a note says little: ${text}`, () => assert.equal(specialCategories(text).length > 0, true));
  for (const text of [
    'Krebs hat viele Ursachen.',
    'Diabetes ist eine Krankheit.',
    'Die Diagnose Krebs trifft jedes Jahr viele.',
    'Das ist eine Behinderung des Verkehrs.',
  ])
    it(`are not read into what is said of nobody: ${text}`, () => assert.deepEqual(specialCategories(text), []));
  it('are no matter of a statute that a letter quotes', () => {
    assert.deepEqual(specialCategories('Eine Schwerbehinderung im Sinne des § 2 SGB IX setzt einen GdB von 50 voraus.'), []);
  });
  it('are each named once, with the word that told it', () => {
    const found = specialCategories('Ich bin Muslimin. Mein Mann hat Krebs. Er hat Krebs. Sie ist lesbisch.');
    assert.deepEqual(
      found.map(({ name, word }) => `${name}: ${word}`),
      ['Religion oder Weltanschauung: Muslimin', 'Gesundheit: Krebs', 'Sexualleben: lesbisch'],
    );
  });
  it('are looked for in time that grows with the word', () => {
    const before = process.cpuUsage();
    for (const hostile of ['krank', 'behinder', 'evangelisch']) specialCategories(hostile.repeat(40_000));
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 4_000_000, `${user + system} µs`);
  });
  it('are looked for in time that grows with the text, whatever it says', () => {
    const start = reckonedMs();
    for (const hostile of ['a'.repeat(200_000), 'krank '.repeat(30_000), '§ '.repeat(100_000), 'Aa-'.repeat(60_000), `ich ${'behindert '.repeat(20_000)}`])
      specialCategories(hostile);
    assert.ok(reckonedMs() - start < 5_000);
  });
});
