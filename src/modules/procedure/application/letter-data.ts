import { formatEuro } from '../../../kernel/money.ts';
import { formatGermanDate, legalDay } from '../../../kernel/time.ts';
import { answerSections, feeSentence, type Authority, type ServicePackage } from '../../catalogue/public.ts';
import { applicantsOf } from '../domain/applicants.ts';
import type { Case, Decision } from '../domain/case.ts';
import { courseOf } from '../domain/course.ts';
import { decisionDeadline } from '../domain/deadlines.ts';
import type { StoredEvent } from '../domain/events.ts';
import type { ProcedureRules } from '../domain/procedure-rules.ts';
import { listedSheets } from './sheet-list.ts';
import { validityText } from './validity-text.ts';
import type { SealedCopy } from './stamped-copies.ts';

interface LetterContext {
  readonly state: Case;
  readonly pkg: ServicePackage;
  readonly rules: ProcedureRules;
  readonly authority: Authority;
  readonly demo: boolean;
  readonly publicUrl: string;
  readonly now: Temporal.Instant;
  /** With it anybody who holds the letter can ask how the case stands. */
  readonly statusCode?: string;
  /** Stamped copies that go out with the decision. */
  readonly copies?: readonly SealedCopy[];
}

const dayText = (day: string): string => formatGermanDate(Temporal.PlainDate.from(day));
const paragraphs = (text: string): string[] =>
  text
    .split(/\n{2,}/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** The head that `letter.typ` sets, with what every letter shares. */
function commonData({ state, pkg, authority, demo, now }: LetterContext, subject: string) {
  const { name, street, place, phone, email } = authority;
  return {
    head: {
      subject,
      authority: { name, street, place, phone, email },
      addressee: state.applicant.addressLines,
      fileNumber: state.fileNumber,
      date: formatGermanDate(legalDay(now)),
      ...(state.channel === 'postfach' && { delivery: 'In Ihr Postfach' }),
      ...(state.coApplicants !== undefined && { jointly: jointlyText(state) }),
    },
    demo,
    greeting: `Guten Tag ${state.applicant.name},`,
    service: pkg.name.de,
  };
}

/** § 37(1), § 41(1) sentence 2 VwVfG: to whom a letter is addressed, where one person takes it for several. */
function jointlyText(state: Case): string {
  const names = applicantsOf(state)
    .filter((one) => !one.withdrawn)
    .map((one) => one.name);
  return `Dieses Schreiben richtet sich an: ${names.join(', ')}. Es geht an ${state.applicant.name} zugleich für alle, die den Antrag gemeinsam gestellt haben (§ 14 Abs. 1, § 41 Abs. 1 Satz 2 HmbVwVfG).`;
}

/** A letter that answers an event: which template, which file name, which data. */
export interface PlannedLetter {
  readonly template: keyof ServicePackage['letters'];
  readonly fileName: string;
  readonly subject: { readonly de: string; readonly en: string; readonly leicht: string };
  readonly data: object;
  /** The letter proves something to others, so it carries the seal. */
  readonly sealed?: true;
}

/** What is written when this event has happened. */
export function letterFor(event: StoredEvent, context: LetterContext): PlannedLetter | undefined {
  const { state, pkg, rules } = context;
  const number = state.fileNumber;
  switch (event.kind) {
    case 'antrag-eingereicht':
      return {
        template: 'eingangsbestaetigung',
        fileName: `Eingangsbestaetigung-${number}.pdf`,
        subject: { de: 'Ihr Antrag ist eingegangen', en: 'Your application has arrived', leicht: 'Ihr Antrag ist da' },
        data: {
          ...commonData(context, `Eingangsbestätigung: ${pkg.name.de}`),
          submittedOn: dayText(state.submittedOn),
          next: nextSteps(pkg, state),
          deadline: deadlineText(rules),
          status: context.statusCode === undefined ? null : { code: context.statusCode, url: `${context.publicUrl}/status` },
        },
      };
    case 'nachforderung-gestellt':
      return {
        template: 'nachforderung',
        fileName: `Nachforderung-${number}.pdf`,
        subject: { de: 'Wir brauchen noch Unterlagen', en: 'We need more documents', leicht: 'Es fehlt noch etwas' },
        data: {
          ...commonData(context, 'Bitte reichen Sie Unterlagen nach'),
          items: event.content.itemTexts,
          text: paragraphs(event.content.text),
          dueOn: dayText(event.facts.dueOn),
        },
      };
    case 'anhoerung-eingeleitet':
      return {
        template: 'anhoerung',
        fileName: `Anhoerung-${number}.pdf`,
        subject: { de: 'Sie können sich äußern (Anhörung)', en: 'You may comment (hearing)', leicht: 'Sagen Sie uns Ihre Meinung' },
        data: { ...commonData(context, 'Anhörung vor der Entscheidung'), text: paragraphs(event.content.text), dueOn: dayText(event.facts.dueOn) },
      };
    case 'frist-verlaengert':
      return {
        template: 'verlaengerung',
        fileName: `Verlaengerung-${number}.pdf`,
        subject: { de: 'Wir brauchen mehr Zeit', en: 'We need more time', leicht: 'Es dauert länger' },
        data: {
          ...commonData(context, 'Verlängerung der Bearbeitungszeit'),
          text: paragraphs(event.content.reason),
          deadline: movedDeadlineText(state, rules),
        },
      };
    case 'widerspruch-eingelegt':
      return {
        template: 'widerspruchseingang',
        fileName: `Widerspruchseingang-${number}.pdf`,
        subject: { de: 'Ihr Widerspruch ist eingegangen', en: 'Your objection has arrived', leicht: 'Ihr Widerspruch ist da' },
        data: { ...commonData(context, 'Eingang Ihres Widerspruchs'), receivedOn: dayText(event.facts.receivedOn), inTime: event.facts.inTime },
      };
    case 'bescheinigung-verlangt':
      return certificate(event.facts.decisionId, context);
    default:
      return undefined;
  }
}

/** § 42a(3) VwVfG: that the permit is deemed given, since when, and under which statute. */
function certificate(decisionId: string, context: LetterContext): PlannedLetter | undefined {
  const { state, pkg } = context;
  const decision = state.decisions.find((one) => one.id === decisionId);
  if (decision === undefined) return undefined;
  return {
    template: 'fiktionsbescheinigung',
    fileName: `Fiktionsbescheinigung-${state.fileNumber}.pdf`,
    subject: { de: 'Ihre Bescheinigung ist da', en: 'Your certificate has arrived', leicht: 'Ihre Bescheinigung ist da' },
    sealed: true,
    data: {
      ...commonData(context, `Bescheinigung über die Genehmigungsfiktion: ${pkg.name.de}`),
      submittedOn: dayText(state.submittedOn),
      completeOn: dayText(state.completeOn ?? state.submittedOn),
      since: dayText(decision.decidedOn),
      legalBasis: decision.legalBasis ?? '',
      checkUrl: `${context.publicUrl}/pruefen`,
    },
  };
}

function nextSteps(pkg: ServicePackage, { accountId }: Case): string[] {
  const first =
    pkg.automation === undefined || accountId === null
      ? 'Wir prüfen zuerst, ob alles vollständig ist. Fehlt etwas, schreiben wir Ihnen.'
      : 'Sind alle Angaben eindeutig, bekommen Sie den Bescheid in wenigen Minuten. Sonst prüft ein Mensch Ihren Antrag.';
  if (accountId === null)
    return [
      first,
      `Wir schreiben Ihnen mit der Post. Nennen Sie bitte immer das Aktenzeichen. Bis zur Entscheidung können Sie den Antrag zurücknehmen; ein Brief genügt.`,
    ];
  return [first, 'Den Stand sehen Sie jederzeit in Ihrem Servicekonto. Bis zur Entscheidung können Sie den Antrag zurücknehmen.'];
}

function deadlineText({ decisionPeriod }: ProcedureRules): string | null {
  if (decisionPeriod === undefined) return null;
  const unit = { days: ['Tag', 'Tagen'], weeks: ['Woche', 'Wochen'], months: ['Monat', 'Monaten'] }[decisionPeriod.unit][decisionPeriod.length === 1 ? 0 : 1];
  return `Wir wollen innerhalb von ${decisionPeriod.length} ${unit} entscheiden, gerechnet ab dem Tag, an dem alle Unterlagen da sind. Grundlage: ${decisionPeriod.legalBasis}.`;
}

function movedDeadlineText(state: Case, rules: ProcedureRules): string {
  const end = decisionDeadline(state, rules);
  return end === undefined ? 'Wir melden uns, sobald es weitergeht.' : `Wir entscheiden nun bis zum ${formatGermanDate(end.date)}.`;
}

const KIND_TITLES = {
  bescheid: 'Bescheid',
  fiktion: 'Genehmigungsfiktion',
  widerspruchsbescheid: 'Widerspruchsbescheid',
  berichtigung: 'Berichtigungsbescheid',
  ruecknahme: 'Rücknahmebescheid',
  widerruf: 'Widerrufsbescheid',
} as const;

/** How long it holds, as a paragraph of the Bescheid; null where it has no end. */
function validityLine(decision: Decision, { validity }: ServicePackage): string | null {
  const text = validity && validityText(decision, validity);
  if (text === undefined) return null;
  return [`Diese Erlaubnis gilt ${text}.`, ...(validity?.unless === undefined ? [] : [validity.unless.de])].join(' ');
}

/** Title of a decision, e.g. `Bescheid: Baum fällen`. */
export function decisionTitle(decision: Decision, pkg: ServicePackage): string {
  const norm = pkg.announcement !== 'bekanntgabe' && decision.kind === 'bescheid' ? pkg.announcement.title.de : undefined;
  return `${norm ?? KIND_TITLES[decision.kind]}: ${pkg.name.de}`;
}

const OUTCOMES = { grant: 'erteilt', partial: 'teilweise erteilt', refuse: 'abgelehnt' } as const;

/** Data of the Bescheid (§§ 37, 39 VwVfG). */
export function decisionData(decision: Decision, context: LetterContext): object {
  const { text } = decision;
  return {
    ...commonData(context, decisionTitle(decision, context.pkg)),
    operative: text.operative,
    items: text.items.map((item) => ({ label: item.label, value: `${OUTCOMES[item.outcome]}. ${item.reason}` })),
    nebenbestimmungen: text.nebenbestimmungen.map((one) => `${one.text} (${one.kind})`),
    reasons:
      text.reasons.length > 0 ? text.reasons : ['Dem Antrag wurde voll entsprochen. Eine weitere Begründung ist nicht nötig (§ 39 Abs. 2 Nr. 1 HmbVwVfG).'],
    discretion: text.discretion,
    automated: decision.automated ? `Diese Entscheidung wurde vollautomatisch getroffen. Grundlage: ${decision.legalBasis}.` : null,
    registerNumber: decision.registerNumber === undefined ? null : { label: context.pkg.register?.label.de ?? 'Nummer', value: decision.registerNumber },
    validity: validityLine(decision, context.pkg),
    fee: feeText(decision, context.pkg),
    remedy: remedyInstruction(decision, context),
    answers: answerSections(context.pkg, context.state.answers, 'de').flatMap(({ rows }) => rows),
    course: courseOf(context.state, context.rules).flatMap(({ milestone, on }) =>
      on === undefined ? [] : [{ label: `${milestone.name.de} (${milestone.legalBasis})`, value: dayText(on) }],
    ),
    promulgation: promulgationText(context.rules),
    checkUrl: `${context.publicUrl}/pruefen`,
    sheets: listedSheets(decision, context.copies ?? []),
  };
}

function feeText({ feeCents, text: { fees = [] } }: Decision, { payment }: ServicePackage): string {
  if (feeCents === 0) return 'Für diese Entscheidung wird keine Gebühr erhoben.';
  const parts = fees.length > 1 ? ` (${feeSentence(fees)})` : '';
  const amount = `Die Gebühr beträgt ${formatEuro(feeCents)}${parts}.`;
  return payment.when === 'vorher'
    ? `${amount} Sie ist bezahlt.`
    : `${amount} Bitte zahlen Sie innerhalb von ${payment.dueDays} Tagen nach Bekanntgabe unter Angabe des Aktenzeichens.`;
}

/** How a norm comes into force. */
function promulgationText({ promulgation }: ProcedureRules): string | null {
  if (promulgation === undefined) return null;
  const { inForceDays, legalBasis } = promulgation;
  const when =
    inForceDays === 0 ? 'am Tag ihrer Verkündung' : inForceDays === 1 ? 'am Tag nach ihrer Verkündung' : `am ${inForceDays}. Tag nach ihrer Verkündung`;
  return `Sie tritt ${when} in Kraft (${legalBasis}).`;
}

/** § 37(6) VwVfG: remedy, authority, seat, period and form. A Widerspruchsbescheid opens the way to court (§ 74 VwGO). */
function remedyInstruction(decision: Decision, { authority, rules, state }: LetterContext): string[] {
  if (rules.promulgation !== undefined) return rules.promulgation.remedies.map(({ text, legalBasis }) => `${text} (${legalBasis})`);
  if (decision.kind === 'widerspruchsbescheid') {
    return [
      'Gegen diesen Bescheid können Sie innerhalb eines Monats nach seiner Zustellung Klage beim Verwaltungsgericht Hamburg, Lübeckertordamm 4, 20099 Hamburg, erheben.',
    ];
  }
  return [
    `Gegen diesen Bescheid können Sie innerhalb eines Monats nach Bekanntgabe Widerspruch einlegen. Der Widerspruch ist schriftlich, zur Niederschrift oder in elektronischer Form nach § 3a Abs. 2 oder 3 HmbVwVfG einzulegen bei: ${authority.remedySeat}.`,
    ...(state.accountId === null
      ? ['Eine einfache E-Mail genügt nicht.']
      : ['In Ihrem Servicekonto können Sie den Widerspruch mit dem Online-Ausweis einlegen. Eine einfache E-Mail genügt nicht.']),
  ];
}

/** The decision as data, attached inside the PDF. */
export function decisionJson(decision: Decision, { state, pkg, authority, copies = [] }: LetterContext): object {
  return {
    schema: 'https://kontor.example/schema/bescheid/1',
    fileNumber: state.fileNumber,
    service: { key: pkg.key, version: pkg.version, leistungsschluessel: pkg.leistungsschluessel },
    authority: { id: authority.id, name: authority.name },
    decision: {
      id: decision.id,
      kind: decision.kind,
      outcome: decision.outcome,
      decidedOn: decision.decidedOn,
      automated: decision.automated,
      legalBasis: decision.legalBasis ?? null,
      follows: decision.follows ?? null,
      registerNumber: decision.registerNumber ?? null,
      feeCents: decision.feeCents,
      validity: decision.validity ?? null,
      documents: decision.documents ?? [],
      ...decision.text,
      stampedCopies: copies.map(({ uploadId, fileName, sha256, reason }) => ({ uploadId, fileName, sha256: sha256 ?? null, reason: reason ?? null })),
    },
  };
}
