import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from './kernel/actor.ts';
import { expectOk } from './kernel/result.ts';
import type { ServicePackage } from './modules/catalogue/public.ts';
import { addDocument, collectionsFor, documentsOf, makeCollection, type LibraryContext } from './modules/library/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { atLeisure } from './platform/jobs/give-way.ts';

const TITLE = 'Verwaltungsrecht für die Praxis (Demo)';
/** Demo officers act under this id; their names come when they first sign in. */
const OFFICER = {
  kind: 'staff',
  staffId: '0190a000-0000-7000-8000-00000000de46',
  roles: ['leitung'],
  authorities: ['bezirksamt-altona'],
} as const satisfies Actor;
const SHOWN = ['baumfaellung', 'baugenehmigung', 'bewohnerparkausweis', 'hund', 'sondernutzung', 'wohnraumschutznummer'];

interface Part {
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

const TEMPLATE = `#let data = json(bytes(sys.inputs.at("data", default: "{}")))
#set document(title: data.title)
#set page(paper: "a4", margin: 25mm, numbering: "1")
#set text(lang: "de", size: 11pt, font: "Fira Sans")
#set par(leading: 0.7em, spacing: 1.2em)
#text(size: 20pt, weight: "bold")[#data.title]

#for part in data.parts {
  heading(level: 1, part.heading)
  for words in part.paragraphs { par(words) }
}
`;

/** A collection for the whole staff, with what the city's own packages say, as PDFs that are read like any other; ends when they are read. */
export async function fillDemoLibrary(ctx: ProcedureContext, library: LibraryContext): Promise<void> {
  const found = expectOk(await collectionsFor(library, OFFICER)).find(({ title }) => title === TITLE);
  await readingEnds(library, found?.id ?? (await addCollection(ctx, library)));
}

async function addCollection(ctx: ProcedureContext, library: LibraryContext): Promise<string> {
  const description = 'Was die Leistungspakete dieser Stadt sagen: Voraussetzungen, Fristen, Gebühren, Nebenbestimmungen. Keine Rechtsberatung.';
  const { id } = expectOk(await makeCollection(library, OFFICER, { title: TITLE, description, readers: 'staff', members: [] }));
  for (const key of SHOWN) {
    const pkg = ctx.desk.current(key);
    if (pkg === undefined) continue;
    const bytes = await atLeisure(ctx.typesetter.compile(TEMPLATE, { title: `${pkg.name.de}: Handreichung`, parts: partsOf(pkg) }));
    expectOk(await addDocument(library, OFFICER, id, { fileName: `${pkg.name.de}.pdf`, bytes, personal: false }));
  }
  return id;
}

/** A city that has no worker for documents now reads them later. */
const LONGEST_SECONDS = 60;

async function readingEnds(library: LibraryContext, collectionId: string): Promise<void> {
  for (let seconds = 0; seconds < LONGEST_SECONDS; seconds += 0.25) {
    const documents = expectOk(await documentsOf(library, OFFICER, collectionId, { limit: SHOWN.length }));
    if (documents.every(({ state }) => state !== 'waiting' && state !== 'reading')) return;
    await sleep(250);
  }
}

const euro = (cents: number): string => (cents / 100).toLocaleString('de-DE', { style: 'currency', currency: 'EUR' });
const UNITS = { days: 'Tage', weeks: 'Wochen', months: 'Monate' } as const;

function partsOf({ summary, description, needs, legalBases, fees, process, blocks, retentionYears }: ServicePackage): Part[] {
  const fee = fees.map(
    ({ label, minCents, maxCents, legalBasis }) =>
      `${label.de}: ${minCents === maxCents ? euro(minCents) : `${euro(minCents)} bis ${euro(maxCents)}`}. Grundlage: ${legalBasis}.`,
  );
  const period = process.decisionPeriod;
  const deadlines = [
    period === undefined
      ? 'Für die Entscheidung gilt keine eigene Frist.'
      : `Die Behörde entscheidet in ${period.length} ${UNITS[period.unit]}. Grundlage: ${period.legalBasis}.`,
    ...(process.extension === undefined
      ? []
      : [`Die Frist kann einmal um ${process.extension.length} ${UNITS[process.extension.unit]} verlängert werden: ${process.extension.legalBasis}.`]),
    process.fiction === 'none'
      ? 'Schweigt die Behörde, gilt der Antrag nicht als genehmigt.'
      : `Nach Ablauf der Frist gilt die Genehmigung als erteilt: ${process.fiction.legalBasis}.`,
    `Fehlt eine Unterlage, setzt die Behörde eine Frist von ${process.requestDays} Tagen. Zur Anhörung haben Beteiligte ${process.hearingDays} Tage Zeit.`,
    `Die Akte wird ${retentionYears} Jahre aufbewahrt.`,
  ];
  return [
    { heading: 'Worum es geht', paragraphs: [summary.de, description.de] },
    { heading: 'Was die Antragstellerin oder der Antragsteller braucht', paragraphs: needs.map(({ de }) => `${de}.`) },
    { heading: 'Rechtsgrundlagen', paragraphs: legalBases.map(({ citation, title }) => `${citation}: ${title}.`) },
    { heading: 'Fristen', paragraphs: deadlines },
    { heading: 'Gebühren', paragraphs: fee },
    { heading: 'Was geprüft wird', paragraphs: process.tasks.map(({ de }) => `${de}.`) },
    {
      heading: 'Nebenbestimmungen',
      paragraphs: blocks.nebenbestimmungen.map(({ title, text, legalBasis, kind }) => `${title} (${kind}, ${legalBasis}): ${text}`),
    },
    {
      heading: 'Tenor',
      paragraphs: [blocks.operative.grant, blocks.operative.partial ?? '', blocks.operative.refuse ?? ''].filter((one) => one !== ''),
    },
  ].filter(({ paragraphs }) => paragraphs.length > 0);
}
