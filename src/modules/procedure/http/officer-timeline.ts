import type { TimelineItem } from '../../../platform/ui/components.ts';
import { formatEuro } from '../../../kernel/money.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import type { IconName } from '../../../platform/ui/icons.ts';
import type { CaseEvent, EventKind, EventOf, ReceivedFile, Source, StoredEvent } from '../domain/events.ts';
import { periodName } from '../domain/frist.ts';
import { CHANNELS, DECISION_KINDS, OUTCOMES } from './officer-texts.ts';
import { SOURCE_NAMES } from './officer-received.ts';
import { shownDay } from './officer-view.ts';

/** What a sentence about an event needs besides the event. */
export interface Telling {
  /** A person's name from `actorRef` notation. */
  readonly nameOf: (ref: string) => string;
  /** Who acted for whom under a mandate; nothing where it is not known. */
  readonly representative?: (mandateId: string) => string | undefined;
  readonly authorityName: (id: string) => string;
  readonly stepName?: (id: string) => string;
  readonly taskName?: (key: string) => string;
}

/** An event in plain sentences. */
export interface Told {
  readonly title: string;
  readonly body?: string;
  readonly icon: IconName;
}

type Teller<K extends EventKind> = (event: EventOf<K>, who: string, telling: Telling) => Told;

const files = (count: number): string => (count === 1 ? '1 Datei' : `${count} Dateien`);
const cosigned = (count: number): string =>
  count === 0 ? '' : ` ${count === 1 ? 'Eine weitere Person hat' : `${count} weitere Personen haben`} mitgezeichnet.`;
const helpedBy = (name: string): string =>
  `Angaben hat auch ${name} von den Digitallotsen eingetippt, mit Einwilligung und im Beisein der antragstellenden Person.`;
const quoted = (text: string): { body?: string } => (text.trim() === '' ? {} : { body: text });

const fileLines = (all: readonly ReceivedFile[]): string[] =>
  all.map(({ fileName, description, refused }) =>
    [fileName, description === undefined ? '' : ` (${description})`, refused === undefined ? '' : `: nicht angenommen. ${refused}`].join(''),
  );

function arrived(source: Source, receivedOn: string | undefined, all: readonly ReceivedFile[]): Told {
  const lines = fileLines(all);
  return {
    icon: 'mail',
    title: `Der Antrag ist ${receivedOn === undefined ? '' : `am ${shownDay(receivedOn)} `}über ${SOURCE_NAMES[source]} eingegangen, mit ${files(all.length)}.`,
    body: ['Es gibt kein Servicekonto dazu. Der Bescheid kommt mit der Post.', ...lines].join('\n'),
  };
}

/** What only the applicant does: an officer who does it records it for them. */
const OF_APPLICANT: readonly EventKind[] = [
  'nachforderung-beantwortet',
  'anhoerung-beantwortet',
  'widerspruch-eingelegt',
  'zurueckgenommen',
  'bescheinigung-verlangt',
];

/** One teller for each kind of event: a new kind without a sentence does not compile. */
const TELLERS: { readonly [K in EventKind]: Teller<K> } = {
  'antrag-eingereicht': ({ facts, content }, who, { nameOf }) => {
    if (facts.source !== undefined) return arrived(facts.source, facts.receivedOn, content.files ?? []);
    return {
      icon: 'mail',
      title: `${who} hat den Antrag eingereicht, mit ${files(facts.documents.length)}.${cosigned(facts.coApplicants?.length ?? 0)}`,
      body: [`Der Bescheid kommt ${CHANNELS[facts.channel]}.`, ...(facts.helped ?? []).map(({ staffId }) => helpedBy(nameOf(`staff:${staffId}`)))].join('\n'),
    };
  },
  'von-amts-wegen-begonnen': (_event, who) => ({ icon: 'mail', title: `${who} hat das Verfahren von Amts wegen begonnen (§ 22 VwVfG).` }),
  'akte-uebernommen': ({ facts, content: { formerAuthority, formerNumber, files: all } }, who) => ({
    icon: 'drive-folder-upload',
    title: `${who} hat die geschlossene Akte übernommen, über ${SOURCE_NAMES[facts.source]}, mit ${files(all.length)}.`,
    body: [
      `Bisher bei: ${formerAuthority}${formerNumber === undefined ? '' : `, Aktenzeichen ${formerNumber}`}. Abgeschlossen am ${shownDay(facts.closedOn)}.`,
      ...fileLines(all),
    ].join('\n'),
  }),
  'unterlage-aufgenommen': ({ facts }, who) => ({
    icon: 'drive-folder-upload',
    title: `${who} hat eine Unterlage aufgenommen: ${facts.slot}.`,
    body: `SHA-256: ${facts.sha256}`,
  }),
  'schritt-vollzogen': ({ facts, content }, who, { stepName }) => ({
    icon: 'checklist',
    title: `${who} hat festgehalten: ${stepName?.(facts.step) ?? facts.step}, am ${shownDay(facts.on)}.`,
    ...quoted(content.note),
  }),
  'pruefschritte-abgehakt': ({ facts: { done, reopened } }, who, { taskName = (key) => key }) => ({
    icon: 'checklist',
    title: done.length > 0 ? `${who} hat Prüfschritte abgehakt.` : `${who} hat Prüfschritte wieder geöffnet.`,
    body: [...done.map((key) => `– ${taskName(key)}`), ...reopened.map((key) => `– wieder offen: ${taskName(key)}`)].join('\n'),
  }),
  'an-person-gegeben': ({ facts }) => ({
    icon: 'account-circle',
    title: 'Die automatische Prüfung hat den Vorgang an einen Menschen gegeben.',
    body: facts.reasons.join('\n'),
  }),
  vollstaendig: ({ facts }, who) => ({
    icon: 'checklist',
    title:
      facts.by === 'person'
        ? `${who} hat festgestellt: Die Unterlagen sind seit ${shownDay(facts.completeOn)} vollständig.`
        : `Die Unterlagen sind nach den Regeln der Leistung seit ${shownDay(facts.completeOn)} vollständig.`,
  }),
  'nachforderung-gestellt': ({ facts, content }, who) => ({
    icon: 'mail',
    title: `${who} hat Unterlagen nachgefordert, Frist bis ${shownDay(facts.dueOn)}.`,
    body: [...content.itemTexts.map((item) => `– ${item}`), content.text].filter((line) => line.trim() !== '').join('\n'),
  }),
  'nachforderung-beantwortet': ({ facts, content }, who) => ({
    icon: 'drive-folder-upload',
    title: `${who} hat auf die Nachforderung geantwortet und ${files(facts.documents.length)} nachgereicht.`,
    ...quoted([content.text, ...fileLines(content.refused ?? [])].join('\n')),
  }),
  'nachforderung-abgelaufen': () => ({ icon: 'clock', title: 'Die Frist zum Nachreichen ist abgelaufen.' }),
  'anhoerung-eingeleitet': ({ facts, content }, who) => ({
    icon: 'mail',
    title: `${who} hat zur Anhörung geschrieben (§ 28 VwVfG), Frist bis ${shownDay(facts.dueOn)}.`,
    ...quoted(content.text),
  }),
  'anhoerung-beantwortet': ({ content }, who) => ({ icon: 'edit', title: `${who} hat Stellung genommen.`, ...quoted(content.text) }),
  'anhoerung-abgelaufen': () => ({ icon: 'clock', title: 'Die Frist zur Anhörung ist abgelaufen.' }),
  'frist-ausgesetzt': ({ facts, content }, who) => ({
    icon: 'pause',
    title: `${who} hat das Verfahren ausgesetzt. Die Frist steht seit ${shownDay(facts.from)} still.`,
    ...quoted(content.reason),
  }),
  'frist-fortgesetzt': ({ facts }, who) => ({
    icon: 'autorenew',
    title: `${who} hat das Verfahren fortgesetzt. Die Frist läuft seit ${shownDay(facts.on)} weiter.`,
  }),
  'frist-verlaengert': ({ facts, content }, who) => ({
    icon: 'clock',
    title: `${who} hat die Frist um ${periodName(facts.length, facts.unit)} verlängert (${facts.legalBasis}).`,
    ...quoted(content.reason),
  }),
  'entscheidung-entworfen': ({ facts }, who) => ({
    icon: 'draft',
    title: `${who} hat eine Entscheidung entworfen: ${DECISION_KINDS[facts.decisionKind]}, ${OUTCOMES[facts.outcome]}, Gebühr ${formatEuro(facts.feeCents)}.`,
  }),
  'freigabe-erbeten': (_event, who) => ({ icon: 'arrow-forward', title: `${who} hat den Entwurf zur Freigabe gegeben.` }),
  'entwurf-zurueckgegeben': ({ content }, who) => ({ icon: 'arrow-back', title: `${who} hat den Entwurf zurückgegeben.`, ...quoted(content.remark) }),
  'bescheid-erlassen': ({ facts }, who) => ({
    icon: 'success',
    title: facts.automated
      ? `Kontor hat vollautomatisch entschieden (${facts.legalBasis ?? '§ 35a VwVfG'}): ${OUTCOMES[facts.outcome]}.`
      : `${who} hat entschieden: ${DECISION_KINDS[facts.decisionKind]}, ${OUTCOMES[facts.outcome]}.`,
    body: `Gebühr ${formatEuro(facts.feeCents)}. Der Bescheid geht ${CHANNELS[facts.channel]}.`,
  }),
  'genehmigung-fingiert': ({ facts }) => ({
    icon: 'success',
    title: `Die Frist ist ohne Entscheidung abgelaufen. Die Genehmigung gilt seit ${shownDay(facts.since)} als erteilt.`,
    body: facts.legalBasis,
  }),
  'bescheinigung-verlangt': (_event, who) => ({ icon: 'mail', title: `${who} hat eine Bescheinigung über die Fiktion verlangt (§ 42a Abs. 3 VwVfG).` }),
  'frist-gewarnt': ({ facts }) => ({
    icon: 'warning',
    title:
      facts.stage === 'vorher'
        ? `Erinnerung: Die Entscheidungsfrist endet am ${shownDay(facts.dueOn)}.`
        : `Die Entscheidungsfrist ist am ${shownDay(facts.dueOn)} abgelaufen. Die Leitung weiß davon.`,
  }),
  'bescheid-versiegelt': ({ facts }) => ({ icon: 'key', title: 'Der Bescheid ist gesiegelt.', body: `SHA-256: ${facts.pdfSha256}` }),
  'bescheid-bekanntgegeben': ({ facts }) => ({
    icon: 'mail',
    title:
      facts.via === 'verkuendung'
        ? `Verkündet; in Kraft am ${shownDay(facts.bekanntgabeOn)}.`
        : `Der Bescheid gilt am ${shownDay(facts.bekanntgabeOn)} als bekannt gegeben. Widerspruch ist bis ${shownDay(facts.remedyUntil)} möglich.`,
    body: `${{ postfach: 'Im Postfach bereitgestellt', post: 'Zur Post gegeben', zugang: 'Nachgewiesen zugegangen', verkuendung: 'Verkündet' }[facts.via]} am ${shownDay(facts.on)}.`,
  }),
  'widerspruch-eingelegt': ({ facts, content }, who) => ({
    icon: 'warning',
    title: `${who} hat am ${shownDay(facts.receivedOn)} Widerspruch eingelegt, ${facts.inTime ? 'rechtzeitig' : 'nach Ablauf der Frist'}.`,
    ...quoted(content.text),
  }),
  bestandskraeftig: ({ facts }) => ({ icon: 'check', title: `Der Bescheid ist seit ${shownDay(facts.since)} bestandskräftig.` }),
  zurueckgenommen: ({ content }, who) => ({ icon: 'close', title: `${who} hat den Antrag zurückgenommen.`, ...quoted(content.reason) }),
  'fuer-sich-zurueckgenommen': ({ content }, who) => ({
    icon: 'close',
    title: `${who} hat den eigenen Antrag zurückgenommen. Für die anderen geht das Verfahren weiter.`,
    ...quoted(content.reason),
  }),
  vermerkt: ({ content }, who) => ({ icon: 'edit', title: `${who} hat einen Vermerk geschrieben.`, ...quoted(content.text) }),
  zugewiesen: ({ facts }, who, { nameOf }) => ({
    icon: 'account-circle',
    title: facts.staffId === null ? `${who} hat die Zuweisung aufgehoben.` : `${who} hat den Vorgang ${nameOf(`staff:${facts.staffId}`)} zugewiesen.`,
  }),
  'wiedervorlage-gesetzt': ({ facts }, who) => ({
    icon: 'calendar-today',
    title: facts.on === null ? `${who} hat die Wiedervorlage gelöscht.` : `${who} hat eine Wiedervorlage auf ${shownDay(facts.on)} gesetzt.`,
  }),
  'fassung-gewechselt': ({ facts, content }, who) => ({
    icon: 'autorenew',
    title: `${who} hat den Vorgang auf Fassung ${facts.packageVersion} der Leistung umgestellt.`,
    ...quoted(content.reason),
  }),
  abgegeben: ({ facts, content }, who, { authorityName }) => ({
    icon: 'arrow-forward',
    title: `${who} hat den Vorgang abgegeben an: ${authorityName(facts.authority)}.`,
    ...quoted(content.reason),
  }),
};

/** An event as the officer reads it: who did what, with the words that were given. Total over all kinds. */
export function tellEvent(event: CaseEvent & Pick<StoredEvent, 'actor' | 'mandateId'>, telling: Telling): Told {
  const teller = TELLERS[event.kind] as Teller<EventKind>;
  const represented = event.mandateId === undefined ? undefined : telling.representative?.(event.mandateId);
  const who = represented ?? telling.nameOf(event.actor);
  const recorded = event.actor.startsWith('staff:') && OF_APPLICANT.includes(event.kind);
  return teller(event, recorded ? `Die antragstellende Person (festgehalten von: ${who})` : who, telling);
}

/** The whole history, newest first, for the timeline component. */
export function timelineItems(history: readonly StoredEvent[], telling: Telling, bodyOf: (text: string) => NonNullable<TimelineItem['body']>): TimelineItem[] {
  return history.toReversed().map((event): TimelineItem => {
    const { title, body, icon } = tellEvent(event, telling);
    return { when: formatInstant('de', event.at), iso: event.at.toString(), title, icon, ...(body === undefined ? {} : { body: bodyOf(body) }) };
  });
}
