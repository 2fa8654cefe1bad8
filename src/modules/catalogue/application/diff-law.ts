import type { ServicePackage } from '../domain/package.ts';
import type { Process } from '../domain/service.ts';
import { change, pairBy, same, shown, type Area, type Change } from './diff-change.ts';
import { diffFees } from './diff-fees.ts';

/** Legal bases, responsibility, automation, fees, periods and the course of the procedure. */
export function diffLaw(a: ServicePackage, b: ServicePackage): Change[] {
  return [
    ...diffBases(a, b),
    ...diffTerms(a, b),
    ...diffFees(a, b),
    ...diffPeriods(a.process, b.process),
    ...diffProcess(a, b),
    ...diffWords(a, b),
    ...diffOther(a, b),
  ];
}

function diffBases(a: ServicePackage, b: ServicePackage): Change[] {
  const bases = pairBy(a.legalBases, b.legalBases, (basis) => basis.citation);
  return [
    ...bases.added.map((one) => change('Recht', 'added', `Neue Rechtsgrundlage ${one.citation} (${one.title}).`)),
    ...bases.removed.map((one) =>
      change(
        'Recht',
        'removed',
        `Die Rechtsgrundlage ${one.citation} fällt weg.`,
        'Laufende Fälle wurden auf dieser Grundlage begonnen. Prüfen Sie das Übergangsrecht.',
      ),
    ),
    ...bases.kept
      .filter(([old, fresh]) => old.title !== fresh.title)
      .map(([, fresh]) => change('Recht', 'changed', `${fresh.citation} heißt nun: ${fresh.title}.`)),
  ];
}

const TERMS: readonly (readonly [key: keyof ServicePackage, area: Area, what: string, unsafe?: string])[] = [
  ['key', 'Beschreibung', 'Name des Pakets', 'Das ist eine andere Leistung: Fälle lassen sich nicht umstellen.'],
  ['leistungsschluessel', 'Recht', 'Leistungsschlüssel'],
  ['filePrefix', 'Verfahren', 'Kürzel der Aktenzeichen'],
  ['authority', 'Zuständigkeit', 'Zuständige Behörde', 'Laufende Fälle liegen bei der bisherigen Behörde. Geben Sie sie einzeln ab (§ 3 Abs. 3 VwVfG).'],
  ['trust', 'Recht', 'Vertrauensniveau der Anmeldung', 'Laufende Anträge wurden mit der bisherigen Anmeldung gestellt.'],
  ['regime', 'Recht', 'Verfahrensgesetz', 'Fristen und Bekanntgabe laufender Fälle würden nach anderem Recht gerechnet.'],
  ['discretion', 'Recht', 'Ermessen', 'Begonnene Entwürfe und ihre Begründung passen nicht mehr (§ 39 Abs. 1 Satz 3 VwVfG).'],
  ['automation', 'Recht', 'Automatische Entscheidung', 'Fälle kämen an den Automaten oder von ihm weg, ohne dass es den Antragstellenden gesagt war.'],
  ['register', 'Verfahren', 'Öffentliche Nummer'],
  ['requires', 'Verfahren', 'Vorausgesetzte andere Fälle', 'Laufende Fälle wurden ohne diese Voraussetzung angenommen.'],
  ['payment', 'Gebühren', 'Zahlung', 'Laufenden Fällen wurde eine andere Zahlungsweise mitgeteilt.'],
  ['jointApplicants', 'Verfahren', 'Weitere Antragstellende'],
  [
    'validity',
    'Recht',
    'Geltungsdauer',
    'Noch nicht entschiedene Fälle würden anders lange gelten als bei der Antragstellung gesagt. Erteilte bleiben, wie sie sind.',
  ],
  ['promisedWeeks', 'Fristen', 'Zugesagte Wochen'],
  ['retentionYears', 'Recht', 'Aufbewahrung in Jahren'],
];

function diffTerms(a: ServicePackage, b: ServicePackage): Change[] {
  return TERMS.filter(([key]) => !same(a[key], b[key])).map(([key, area, what, unsafe]) => {
    const kind = a[key] === undefined ? 'added' : b[key] === undefined ? 'removed' : 'changed';
    return change(area, kind, `${what}: bisher ${shown(a[key])}, künftig ${shown(b[key])}.`, unsafe);
  });
}

const UNITS = { days: ['Tag', 'Tage'], weeks: ['Woche', 'Wochen'], months: ['Monat', 'Monate'] } as const;
type Period = Process['decisionPeriod'];
const periodText = (period: Period): string =>
  period === undefined ? 'keine' : `${period.length} ${UNITS[period.unit][period.length === 1 ? 0 : 1]} (${period.legalBasis})`;

function diffPeriods(a: Process, b: Process): Change[] {
  const found: Change[] = [];
  const MOVED = 'Laufende Fristen würden neu gerechnet. Das darf niemanden schlechter stellen.';
  for (const [key, what] of [
    ['decisionPeriod', 'Entscheidungsfrist'],
    ['extension', 'Verlängerung'],
  ] as const) {
    if (!same(a[key], b[key])) found.push(change('Fristen', 'changed', `${what}: bisher ${periodText(a[key])}, künftig ${periodText(b[key])}.`, MOVED));
  }
  if (!same(a.fiction, b.fiction)) {
    const text = (fiction: Process['fiction']): string => (fiction === 'none' ? 'keine' : fiction.legalBasis);
    found.push(
      change(
        'Fristen',
        'changed',
        `Genehmigungsfiktion: bisher ${text(a.fiction)}, künftig ${text(b.fiction)}.`,
        'Laufende Fälle gälten durch Zeitablauf als genehmigt oder nicht mehr (§ 42a VwVfG).',
      ),
    );
  }
  for (const [key, what] of [
    ['requestDays', 'Frist für Nachforderungen'],
    ['hearingDays', 'Frist der Anhörung'],
    ['warnDays', 'Warnung vor Fristende'],
  ] as const) {
    if (a[key] !== b[key]) found.push(change('Fristen', 'changed', `${what}: bisher ${a[key]}, künftig ${b[key]} Tage. Gesetzte Fristen bleiben.`));
  }
  return found;
}

function diffProcess(a: ServicePackage, b: ServicePackage): Change[] {
  const [old, fresh] = [a.process, b.process] as const;
  const offered = (process: Process) => Object.entries(process.offered).flatMap(([state, actions]) => actions.map((action) => ({ state, action })));
  const actions = pairBy(offered(old), offered(fresh), ({ state, action }) => `${state} ${action}`);
  const found = [
    ...actions.added.map(({ state, action }) => change('Verfahren', 'added', `In «${state}» wird «${action}» neu angeboten.`)),
    ...actions.removed.map(({ state, action }) =>
      change('Verfahren', 'removed', `In «${state}» wird «${action}» nicht mehr angeboten.`, `Fälle, die in «${state}» stehen, verlören diesen Schritt.`),
    ),
  ];
  if (old.fourEyes !== fresh.fourEyes)
    found.push(
      change(
        'Verfahren',
        'changed',
        `Vier Augen: bisher «${old.fourEyes}», künftig «${fresh.fourEyes}».`,
        'Liegende Entwürfe bräuchten eine Freigabe oder keine mehr.',
      ),
    );
  for (const outcome of fresh.outcomes) if (!old.outcomes.includes(outcome)) found.push(change('Verfahren', 'added', `Neues Ergebnis «${outcome}».`));
  for (const outcome of old.outcomes)
    if (!fresh.outcomes.includes(outcome))
      found.push(
        change('Verfahren', 'removed', `Das Ergebnis «${outcome}» gibt es nicht mehr.`, 'Liegende Entwürfe mit diesem Ergebnis könnten nicht mehr ergehen.'),
      );
  if (!same(old.tasks, fresh.tasks)) found.push(change('Verfahren', 'changed', 'Die Prüfschritte für die Sachbearbeitung sind geändert.'));
  if (!same([old.itemDecision, old.caseDecision], [fresh.itemDecision, fresh.caseDecision]))
    found.push(change('Regeln', 'changed', 'Andere Entscheidungstabellen werden befragt.', 'Laufende Fälle bekämen andere Hinweise und Begründungen.'));
  return found;
}

function diffWords(a: ServicePackage, b: ServicePackage): Change[] {
  const parts = [
    ['name', 'Name'],
    ['summary', 'Kurzbeschreibung'],
    ['description', 'Beschreibung'],
    ['needs', 'Was man braucht'],
    ['situations', 'Lebenslagen'],
  ] as const;
  return parts
    .filter(([key]) => !same(a[key], b[key]))
    .map(([key, what]) => change('Beschreibung', 'changed', `${what}: ${key === 'name' ? `«${a.name.de}» → «${b.name.de}»` : 'neu geschrieben'}.`));
}

const TOLD: ReadonlySet<string> = new Set([
  ...TERMS.map(([key]) => key),
  ...[
    'version',
    'hash',
    'walk',
    'letters',
    'rules',
    'form',
    'blocks',
    'process',
    'legalBases',
    'fees',
    'tariffs',
    'feeRule',
    'name',
    'summary',
    'description',
    'needs',
    'situations',
  ],
  ...[
    'decisionPeriod',
    'extension',
    'fiction',
    'warnDays',
    'requestDays',
    'hearingDays',
    'fourEyes',
    'outcomes',
    'offered',
    'tasks',
    'itemDecision',
    'caseDecision',
  ],
]);

/** Parts of a package that have no words of their own here: named, and never taken as harmless. */
function diffOther(a: ServicePackage, b: ServicePackage): Change[] {
  const [old, fresh]: Readonly<Record<string, unknown>>[] = [
    { ...a.process, ...a },
    { ...b.process, ...b },
  ];
  return [...new Set([...Object.keys(old!), ...Object.keys(fresh!)])]
    .filter((key) => !TOLD.has(key) && !same(old![key], fresh![key]))
    .map((key) => {
      const kind = old![key] === undefined ? 'added' : fresh![key] === undefined ? 'removed' : 'changed';
      return change(
        'Verfahren',
        kind,
        `Abschnitt «${key}»: bisher ${shown(old![key])}, künftig ${shown(fresh![key])}.`,
        'Prüfen Sie, was das für laufende Fälle heißt.',
      );
    });
}
