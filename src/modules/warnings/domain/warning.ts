import {
  CAP_CATEGORIES,
  CAP_CERTAINTIES,
  CAP_RESPONSES,
  CAP_SEVERITIES,
  CAP_URGENCIES,
  type CapCategory,
  type CapCertainty,
  type CapResponse,
  type CapSeverity,
  type CapUrgency,
} from '../../../kernel/cap.ts';
import type { FieldProblem } from '../../../kernel/problem.ts';
import type { Ring } from '../../../kernel/geo.ts';

/** What a warning says, in one language. */
export interface WarningText {
  readonly headline: string;
  readonly description: string;
  /** What people are to do. */
  readonly instruction: string;
}

export interface WarningArea {
  readonly description: string;
  /** Rings of [lon, lat]; CAP writes them the other way round. */
  readonly polygons: readonly Ring[];
}

/** Everything a warning says. German and Leichte Sprache always, English where somebody wrote it. */
export interface WarningContent {
  readonly event: string;
  readonly category: CapCategory;
  readonly urgency: CapUrgency;
  readonly severity: CapSeverity;
  readonly certainty: CapCertainty;
  readonly responses: readonly CapResponse[];
  readonly onset: Temporal.Instant | null;
  readonly expires: Temporal.Instant;
  readonly area: WarningArea;
  readonly texts: { readonly de: WarningText; readonly leicht: WarningText; readonly en: WarningText | null };
  readonly contact: string;
}

export type MessageType = 'Alert' | 'Update' | 'Cancel';

/** A message that went out. */
export interface WarningMessage {
  readonly identifier: string;
  readonly warningId: string;
  readonly type: MessageType;
  readonly sent: Temporal.Instant;
  readonly expires: Temporal.Instant;
  readonly content: WarningContent;
  readonly xml: string;
  readonly releasedBy: string;
  readonly replaced: boolean;
}

/** The next message of a warning, while it is being written. */
export interface Draft {
  readonly type: MessageType;
  readonly state: 'draft' | 'submitted';
  readonly content: WarningContent;
}

export interface Warning {
  readonly id: string;
  readonly lageId: string;
  readonly lageKey: string;
  readonly lageTitle: string;
  readonly exercise: boolean;
  readonly draft: Draft | null;
  readonly version: number;
  readonly editedBy: string;
  readonly editedByName: string;
  readonly submittedBy: string | null;
  readonly remark: string | null;
  readonly changedAt: Temporal.Instant;
}

const LONGEST_DAYS = 7;
const MOST_POINTS = 2000;

/** What keeps a warning from being handed in; `now` decides whether it would be over already. */
export function contentProblems(content: WarningContent, now: Temporal.Instant): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const wrong = (field: string, message: string): void => void problems.push({ field, message });
  if (content.event.trim() === '' || content.event.length > 80) wrong('event', 'Sagen Sie in höchstens 80 Zeichen, wovor gewarnt wird.');
  codeProblems(content, wrong);
  if (Temporal.Instant.compare(content.expires, now) <= 0) wrong('expires', 'Die Warnung wäre schon vorbei. Wählen Sie ein Ende in der Zukunft.');
  if (now.until(content.expires).total('hours') > LONGEST_DAYS * 24) wrong('expires', 'Eine Warnung gilt höchstens 7 Tage. Verlängern Sie sie später.');
  if (content.onset !== null && Temporal.Instant.compare(content.onset, content.expires) >= 0) wrong('onset', 'Der Beginn liegt vor dem Ende.');
  if (content.area.description.trim() === '' || content.area.description.length > 250) wrong('area', 'Beschreiben Sie das Gebiet in höchstens 250 Zeichen.');
  if (content.area.polygons.length === 0) wrong('polygons', 'Wählen Sie mindestens eine Fläche aus dem Bild der Lage.');
  if (content.area.polygons.some((ring) => !isRing(ring)))
    wrong('polygons', 'Jede Fläche hat mindestens drei Ecken, endet, wo sie beginnt, und liegt auf der Erde.');
  if (content.area.polygons.reduce((sum, ring) => sum + ring.length, 0) > MOST_POINTS)
    wrong('polygons', `Die Flächen haben zusammen mehr als ${MOST_POINTS} Ecken. Wählen Sie gröbere.`);
  textProblems('de', content.texts.de, wrong);
  textProblems('leicht', content.texts.leicht, wrong);
  if (content.texts.en !== null) textProblems('en', content.texts.en, wrong);
  return problems;
}

/** At least four pairs, the first equal to the last (CAP 1.2, 3.2.4). */
function isRing(ring: Ring): boolean {
  const [first, last] = [ring[0], ring.at(-1)];
  const closed = first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
  return ring.length >= 4 && closed && ring.every(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90);
}

type Wrong = (field: string, message: string) => void;

function codeProblems({ category, urgency, severity, certainty, responses }: WarningContent, wrong: Wrong): void {
  if (!CAP_CATEGORIES.includes(category)) wrong('category', 'Wählen Sie, welcher Art die Gefahr ist.');
  if (!CAP_URGENCIES.includes(urgency)) wrong('urgency', 'Wählen Sie, wie eilig es ist.');
  if (!CAP_SEVERITIES.includes(severity)) wrong('severity', 'Wählen Sie, wie schwer die Folgen sind.');
  if (!CAP_CERTAINTIES.includes(certainty)) wrong('certainty', 'Wählen Sie, wie sicher es ist.');
  if (responses.some((one) => !CAP_RESPONSES.includes(one))) wrong('responses', 'Diese Empfehlung gibt es nicht.');
}

const LANGUAGES = { de: 'auf Deutsch', leicht: 'in Leichter Sprache', en: 'auf Englisch' } as const;

function textProblems(lang: keyof typeof LANGUAGES, { headline, description, instruction }: WarningText, wrong: Wrong): void {
  // a headline is cut by many receivers after 160 signs (CAP 1.2, 3.2.2)
  if (headline.trim() === '' || headline.length > 160)
    wrong(`${lang}.headline`, `Schreiben Sie ${LANGUAGES[lang]} eine Überschrift mit höchstens 160 Zeichen.`);
  if (description.trim() === '' || description.length > 4000)
    wrong(`${lang}.description`, `Beschreiben Sie die Gefahr ${LANGUAGES[lang]} mit höchstens 4.000 Zeichen.`);
  if (instruction.trim() === '' || instruction.length > 4000)
    wrong(`${lang}.instruction`, `Sagen Sie ${LANGUAGES[lang]}, was zu tun ist, mit höchstens 4.000 Zeichen.`);
}

/** Why this person may not release the draft, or nothing: two pairs of eyes see every warning. */
export function fourEyesProblem({ editedBy, submittedBy }: Pick<Warning, 'editedBy' | 'submittedBy'>, memberId: string): string | undefined {
  return memberId === editedBy || memberId === submittedBy
    ? 'Wer eine Warnung geschrieben oder eingereicht hat, gibt sie nicht frei. Bitten Sie eine zweite Person mit diesem Recht.'
    : undefined;
}
