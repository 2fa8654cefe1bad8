import type { ProcessAction } from './bpmn-effects.ts';

/** What a task of a German administrative process is for. */
export type Meaning =
  | 'intake'
  | 'completeness'
  | 'request'
  | 'hearing'
  | 'participation'
  | 'display'
  | 'suspension'
  | 'extension'
  | 'examination'
  | 'draft'
  | 'approval'
  | 'decision'
  | 'delivery'
  | 'objection'
  | 'objection-decision'
  | 'withdrawal'
  | 'fee';

/**
 * Names of tasks as FIM processes and offices write them, the Referenzaktivitätengruppen among them. The first line that
 * fits counts, so what is special stands before what is general.
 */
export const RECOGNISED: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/gebühr|kosten(bescheid|festsetz)|zahlung|entgelt/i, 'fee'],
  [/widerspruch.*(einleg|erheb|empfang|entgegen|eingang)/i, 'objection'],
  [/widerspruch|abhilfe/i, 'objection-decision'],
  [/antrag.*(zurücknehm|zurückzieh)|(rücknahme|zurücknahme) des antrags|antragsrücknahme/i, 'withdrawal'],
  [/nachforder|nachreich|fehlende\w* (unterlagen|angaben|nachweise|informationen)|unterlagen (an|ein)fordern|vervollständig/i, 'request'],
  [/anhör|gelegenheit zur (äußerung|stellungnahme)/i, 'hearing'],
  [/auslegung|öffentlich.*(auslegen|bekanntmach)/i, 'display'],
  [/beteilig|stellungnahmen? (einholen|anfordern)|träger öffentlicher belange|benehmen|einvernehmen/i, 'participation'],
  [/aussetz|ruhen(d|des)?\b.*verfahren|verfahren.*ruhen/i, 'suspension'],
  [/frist.*verläng|verläng.*frist/i, 'extension'],
  [/freigabe|freigeben|mitzeichn|schlusszeichn|vier-?augen/i, 'approval'],
  [/vollständigkeit|formell\w*.*prüf|prüf\w*.*formell/i, 'completeness'],
  [/bescheid.*(bekannt|zustell|versend|übermitt|übersend|aushändig)|bekannt ?geb|zustell|informationen? bereitstellen/i, 'delivery'],
  [/(entwurf|entwerfen)|bescheid.*(erstell|fertig|vorbereit|schreib)|entscheidung.*vorbereit/i, 'draft'],
  [/entscheid|bescheid.*erlass|genehmig(en|ung erteil)|ablehnen|erlaubnis erteil|bewillig/i, 'decision'],
  [/antrag.*(stell|einreich|empfang|entgegen|annehm|eingang|eingegangen|registrier|erfass)|eingang|informationen? empfangen/i, 'intake'],
  [/prüf|sachverhalt|beurteil|ermittel|abwäg|abgleich/i, 'examination'],
];

export const meaningOf = (words: string): Meaning | undefined => RECOGNISED.find(([pattern]) => pattern.test(words))?.[1];

/** Actions that a recognised task brings into a package. The others stand in every package, because the law wants them. */
export const BRINGS: Readonly<Partial<Record<Meaning, readonly ProcessAction[]>>> = {
  request: ['request-documents', 'answer-request'],
  suspension: ['suspend', 'resume'],
  extension: ['extend'],
  approval: ['submit-for-approval', 'approve', 'return-draft'],
};

/** What the law wants in every procedure, whether its drawing shows it or not. */
export const WANTED: readonly (readonly [Meaning, string])[] = [
  ['hearing', 'Die Anhörung (§ 28 VwVfG) steht nicht im Modell. Sie ist aufgenommen: Ohne sie gibt es keine Ablehnung.'],
  [
    'objection',
    'Der Widerspruch (§§ 68-70 VwGO) steht nicht im Modell. Er ist aufgenommen. Prüfen Sie, ob das Vorverfahren entfällt (§ 68 Abs. 1 Satz 2 VwGO).',
  ],
  ['withdrawal', 'Die Rücknahme des Antrags (§ 22 VwVfG) steht nicht im Modell. Sie ist aufgenommen.'],
  ['delivery', 'Die Bekanntgabe (§ 41 VwVfG) steht nicht im Modell. Sie ist aufgenommen.'],
];

const STATUTE =
  /(?:§§?|Art\.) ?\d{1,4}[a-z]?(?:(?: |,|-|–|\.|und|bis|Abs\.?|Absatz|Satz|Nr\.?|Nummer|S\.|\d{1,4}[a-z]?)){0,20}? ?([A-ZÄÖÜ][A-Za-zÄÖÜäöüß-]{0,40}(?:G|O|V|B))(?![A-Za-zÄÖÜäöüß])/g;

/** Paragraphs named in a text, each once, in order: `§ 4 Abs. 2 BaumSchVO`. */
export function legalBasesIn(text: string): string[] {
  return [...new Set([...text.replaceAll(/\s+/g, ' ').matchAll(STATUTE)].map(([citation]) => citation.trim()))];
}

export interface FoundPeriod {
  readonly length: number;
  readonly unit: 'days' | 'weeks' | 'months';
}
const UNITS = { D: 'days', W: 'weeks', M: 'months', tag: 'days', woc: 'weeks', mon: 'months' } as const;

/** A period as ISO 8601 (`P3M`) or in words (`drei` is not read, `3 Monate` is). */
export function periodIn(text: string): FoundPeriod | undefined {
  const iso = /\bP(\d{1,3})([DWM])\b/.exec(text);
  if (iso !== null) return { length: Number(iso[1]), unit: UNITS[iso[2] as 'D'] };
  const words = /(\d{1,3}) ?(Tag|Woc|Mon)(?:e|en|he|hen|at|ate|aten)?\b/i.exec(text);
  return words === null ? undefined : { length: Number(words[1]), unit: UNITS[words[2]!.toLowerCase() as 'tag'] };
}
