import { FUNCTION_NAMES } from '../../../kernel/lage-names.ts';
import type { LogKind, ReportSection } from '../../../kernel/log.ts';
import { tacticalTime } from '../../../kernel/tactical-time.ts';
import { CITY_ZONE, formatGermanDate } from '../../../kernel/time.ts';
import { type Lage } from '../../situation/public.ts';
import type { ReadEntry } from '../domain/entry.ts';
import type { ReadReport } from '../domain/situation-report.ts';
import type { LogbookContext } from './context.ts';
import { LOG_TEMPLATE } from './log-template.ts';

const KINDS: Readonly<Record<LogKind, string>> = {
  feststellung: 'Feststellung',
  ereignis: 'Ereignis',
  befehl: 'Befehl',
  meldung: 'Meldung',
  beurteilung: 'Beurteilung',
  entschluss: 'Entschluss',
  massnahme: 'Maßnahme',
  lagebericht: 'Lagebericht',
  berichtigung: 'Berichtigung',
  system: 'System',
};

const functionName = (name: string): string => (FUNCTION_NAMES.de as Readonly<Record<string, string>>)[name] ?? name;

const HEADINGS: Readonly<Record<ReportSection, string>> = {
  lage: '1. Lage',
  kraefte: '2. Eigene Kräfte',
  auftrag: '3. Auftrag und Durchführung',
  versorgung: '4. Versorgung',
  fuehrung: '5. Führung und Kommunikation',
};

/** `28.11.2026 20:05` on the city's clock. */
function clockTime(at: Temporal.Instant): string {
  const local = at.toZonedDateTimeISO(CITY_ZONE);
  return `${formatGermanDate(local.toPlainDate())} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

/** Bytes of data that one PDF takes; a longer book has several volumes. */
const VOLUME_BYTES = 1_000_000;

/** Entries cut into volumes, none of them too long for one PDF; an empty book has one. */
export function volumesOf(entries: readonly ReadEntry[]): readonly (readonly ReadEntry[])[] {
  const volumes: ReadEntry[][] = [[]];
  let room = VOLUME_BYTES;
  for (const entry of entries) {
    const size = 300 + Buffer.byteLength(JSON.stringify(entry.text));
    if (size > room && volumes.at(-1)!.length > 0) {
      volumes.push([]);
      room = VOLUME_BYTES;
    }
    volumes.at(-1)!.push(entry);
    room -= size;
  }
  return volumes;
}

const frameOf = (lage: Lage, title: string, now: Temporal.Instant) => ({
  title,
  exercise: lage.exercise,
  exerciseText: 'ÜBUNG: Nichts hier ist wirklich geschehen.',
  printed: `${title}, ausgegeben ${clockTime(now)}`,
});

const lageFacts = (lage: Lage): readonly (readonly [string, string])[] => [
  ['Lage', lage.title],
  ['Leitung', lage.ledBy],
  ['Eröffnet', clockTime(lage.openedAt)],
  ...(lage.closedAt === null ? [] : [['Beendet', clockTime(lage.closedAt)] as const]),
];

/** A volume of the book as a sealed PDF. @param sha256 of `lage.json`: stands in the seal, so that the seal holds for the data, too */
export async function printLog(
  ctx: Pick<LogbookContext, 'typesetter' | 'seal'>,
  lage: Lage,
  entries: readonly ReadEntry[],
  about: { readonly volume: number; readonly volumes: number; readonly sha256: string; readonly now: Temporal.Instant },
): Promise<Uint8Array> {
  const { volume, volumes, sha256, now } = about;
  const part = volumes === 1 ? '' : `, Band ${volume} von ${volumes}`;
  const data = {
    ...frameOf(lage, `Einsatztagebuch${part}`, now),
    facts: [...lageFacts(lage), ['SHA-256 der Daten', sha256]],
    rows: entries.map((one) => ({
      number: one.number,
      event: clockTime(one.eventAt),
      tactical: tacticalTime(one.eventAt),
      written: clockTime(one.writtenAt),
      kind: KINDS[one.kind],
      text: one.text,
      by: `${one.author}, ${functionName(one.function)}, ${one.organisation}`,
      refs: refsOf(one),
      correctedBy: one.correctedBy,
    })),
    sections: [],
    notes: [
      'Kein Eintrag wurde geändert. Was falsch war, steht durchgestrichen da, mit der Nummer der Berichtigung.',
      'Das Siegel dieser Datei nennt die Prüfsumme von lage.json: dort stehen dieselben Worte mit ihrem Nachweis im Journal.',
    ],
  };
  const pdf = await ctx.typesetter.compile(LOG_TEMPLATE, data);
  return ctx.seal.seal(pdf, { reason: `Einsatztagebuch${part}, SHA-256 von lage.json: ${sha256}`, at: now });
}

function refsOf({ refs, corrects }: ReadEntry): string {
  const named = refs.map((ref) => (ref.startsWith('log:') ? `Eintrag ${ref.slice(4)}` : ref.replace(/^message:.*/, 'Nachricht')));
  const all = [...(corrects === null ? [] : [`berichtigt Eintrag ${corrects}`]), ...named];
  return all.length === 0 ? '' : `Bezug: ${all.join(', ')}`;
}

/** A version of a situation report as a sealed PDF; what is not released says so. */
export async function printReport(
  ctx: Pick<LogbookContext, 'typesetter' | 'seal'>,
  lage: Lage,
  report: ReadReport,
  now: Temporal.Instant,
): Promise<Uint8Array> {
  const { release } = report;
  const data = {
    ...frameOf(lage, report.title, now),
    facts: [
      ...lageFacts(lage),
      ['Stand', `${clockTime(report.asOf)} (${tacticalTime(report.asOf)})`],
      ['Nummer', `${report.number}, Fassung ${report.version}`],
      ['Verfasst', `${report.author}, ${functionName(report.authorFunction)}, ${clockTime(report.writtenAt)}`],
      ['Freigegeben', release === null ? 'nein: Entwurf' : `${release.by}, ${functionName(release.byFunction)}, ${clockTime(release.at)}`],
    ],
    rows: [],
    sections: Object.entries(HEADINGS).map(([name, heading]) => ({ heading, text: report.sections[name as ReportSection] })),
    notes: [`SHA-256 der Worte im Journal: ${report.sha256}`],
  };
  const pdf = await ctx.typesetter.compile(LOG_TEMPLATE, data);
  return ctx.seal.seal(pdf, { reason: `Lagebericht ${report.number}, Fassung ${report.version}`, at: now });
}
