import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { specialCategories, specialProblem } from './special-categories.ts';
import { specialFigures } from './special-figures.ts';
import { SPECIAL_HELD_OUT, SPECIAL_TUNED } from './special-set.ts';

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
  it('are no matter of a statute that a letter quotes', () => {
    assert.deepEqual(specialCategories('Eine Schwerbehinderung im Sinne des § 2 SGB IX setzt einen GdB von 50 voraus.'), []);
  });
  it('block with a sentence that names what was found and what to do', () => {
    const problem = specialProblem(['Ich bin Muslimin.', 'Mein Mann hat Krebs.', 'Er ist Gewerkschaftsmitglied.', 'Sie ist lesbisch.']);
    assert.equal(problem?.kind, 'not-allowed');
    assert.match(problem.detail, /Religion oder Weltanschauung \(«Muslimin»\), Gesundheit \(«Krebs»\).* und 1 weitere Stellen.*ohne Modell/);
    assert.equal(specialProblem(['Der Antrag ist vollständig.']), undefined);
  });
  it('are looked for in time that grows with the text, whatever it says', () => {
    const start = performance.now();
    for (const hostile of ['a'.repeat(200_000), 'krank '.repeat(30_000), '§ '.repeat(100_000), 'Aa-'.repeat(60_000), `ich ${'behindert '.repeat(20_000)}`])
      specialCategories(hostile);
    assert.ok(performance.now() - start < 5_000);
  });
});
