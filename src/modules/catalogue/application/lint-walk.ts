import type { ServicePackage } from '../domain/package.ts';
import { computeFee } from './fees.ts';
import { allProblems } from './form.ts';
import type { Finding } from './lint-finding.ts';
import type { PackageSource } from './lint-source.ts';

/** The walk must pass the package's own form: it is its example and its test. */
export function lintWalk(pkg: ServicePackage, today: Temporal.PlainDate, source: PackageSource): Finding[] {
  const { answers, documents, decision } = pkg.walk;
  const filled = new Set(documents.map((document) => document.slot));
  const problems = allProblems(pkg, answers, { lang: 'de', today, filled }).map(({ field, message }) => {
    const path = field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    return source.at('error', 'walk.yaml', ['answers', ...path], `Das Beispiel besteht das eigene Formular nicht: ${field}: ${message}`);
  });
  const known = new Set(pkg.blocks.nebenbestimmungen.map((block) => block.id));
  const discretion = new Set(pkg.blocks.discretion.map((block) => block.id));
  const missing = (list: 'nebenbestimmungen' | 'discretion', ids: ReadonlySet<string>): Finding[] =>
    (decision?.[list] ?? []).flatMap((id, index) =>
      ids.has(id)
        ? []
        : [
            source.at(
              'error',
              'walk.yaml',
              ['decision', list, index],
              `Den Baustein «${id}» gibt es in textbausteine.yaml nicht. Nennen Sie einen, den es gibt.`,
            ),
          ],
    );
  return [
    ...problems,
    ...missing('nebenbestimmungen', known),
    ...missing('discretion', discretion),
    ...unknownAnswers(pkg, source),
    ...feeOfExample(pkg, today, source),
  ];
}

function unknownAnswers(pkg: ServicePackage, source: PackageSource): Finding[] {
  const known = new Set(pkg.form.pages.flatMap((page) => (page.repeat === undefined ? page.fields.map((field) => field.id) : [page.repeat.id])));
  return Object.keys(pkg.walk.answers)
    .filter((id) => !known.has(id))
    .map((id) => source.at('warning', 'walk.yaml', ['answers', id], `Nach «${id}» fragt keine Seite. Streichen Sie die Antwort.`));
}

/** A fee rule that gives no amount would stop the decision of a case. */
function feeOfExample(pkg: ServicePackage, today: Temporal.PlainDate, source: PackageSource): Finding[] {
  if (pkg.feeRule === undefined || !pkg.rules.has(pkg.feeRule)) return [];
  try {
    computeFee(pkg, pkg.walk.answers, today);
    return [];
  } catch (error) {
    const message = `Für das Beispiel nennt «${pkg.feeRule}» keine Gebühr (${(error as Error).message}). Sie muss Cent ergeben oder Zeilen mit label und cents.`;
    return [source.at('error', 'service.yaml', ['feeRule'], message)];
  }
}
