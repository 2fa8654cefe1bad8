import { bekanntgabe, widerspruchsfrist } from '../domain/bekanntgabe.ts';
import { needsApproval } from '../domain/available-actions.ts';
import { decisionDeadline, endOfPeriod } from '../domain/deadlines.ts';
import type { Case } from '../domain/case.ts';
import { periodName } from '../domain/frist.ts';
import type { ProcedureRules } from '../domain/procedure-rules.ts';
import type { OfficerAction } from './officer-texts.ts';
import { shownDay, type OfficerCase } from './officer-view.ts';

type Telling = (state: Case, rules: ProcedureRules, today: Temporal.PlainDate) => string;

const until = (state: Case, rules: ProcedureRules): string | undefined => {
  const end = decisionDeadline(state, rules);
  return end === undefined ? undefined : shownDay(end.date);
};

const FINAL = 'Das lässt sich nicht zurücknehmen: Eine Entscheidung wird nie geändert, ihr folgt höchstens eine weitere.';
const takesEffect: Telling = (state) =>
  `Damit ist entschieden. Der Bescheid wird gesiegelt und ${state.draft?.channel === 'post' ? 'für die Post bereitgestellt' : 'ins Postfach gelegt'}. ${FINAL}`;

/** What follows in law and on the desk, said before the button is pressed. One sentence teller for each action. */
const CONSEQUENCES: Readonly<Record<OfficerAction, Telling>> = {
  'confirm-complete': (state, rules) => {
    const { decisionPeriod } = rules;
    if (decisionPeriod === undefined) return 'Der Antrag gilt dann als vollständig und wird geprüft. Eine Entscheidungsfrist sieht diese Leistung nicht vor.';
    const end = until({ ...state, completeOn: state.lastFiledOn }, rules);
    return `Die Frist läuft ab dem Tag der letzten Einreichung (${shownDay(state.lastFiledOn)}): ${periodName(decisionPeriod.length, decisionPeriod.unit)}${end === undefined ? '' : `, also bis ${end}`}.`;
  },
  'request-documents': (_state, rules, today) =>
    `Die Person bekommt ein Schreiben, das jede fehlende Unterlage nennt. Solange sie fehlen, läuft keine Entscheidungsfrist. Ohne andere Angabe hat sie Zeit bis ${shownDay(endOfPeriod(today.toString(), { length: rules.requestDays, unit: 'days' }))}.`,
  hear: (_state, rules, today) =>
    `Die Person bekommt ein Schreiben und kann sich äußern (§ 28 VwVfG), ohne andere Angabe bis ${shownDay(endOfPeriod(today.toString(), { length: rules.hearingDays, unit: 'days' }))}. Eine laufende Entscheidungsfrist läuft dabei weiter.`,
  'answer-request': () => 'Die Antwort steht in der Akte. Danach prüfen Sie wieder auf Vollständigkeit. Dateien nehmen Sie vorher unter „Unterlagen“ auf.',
  'answer-hearing': () => 'Die Stellungnahme steht in der Akte, und die Anhörung ist beendet.',
  withdraw: () => 'Das Verfahren endet damit. Das lässt sich nicht zurücknehmen; die Person kann einen neuen Antrag stellen.',
  object: () => 'Der Widerspruch wird geprüft. Ob er rechtzeitig ist, folgt aus dem Tag des Eingangs (§ 70 VwGO).',
  'request-certificate': () => 'Die Person bekommt eine gesiegelte Bescheinigung, dass die Genehmigung als erteilt gilt (§ 42a Abs. 3 VwVfG).',
  suspend: () =>
    'Die Frist steht ab heute still, oder ab dem früheren Tag, den Sie nennen. Sie läuft erst weiter, wenn Sie das Verfahren fortsetzen; jeder Tag dazwischen verlängert sie um einen Tag.',
  resume: (state, rules, today) => {
    const suspensions = state.suspensions.map((part) => ({ ...part, to: part.to ?? today.toString() }));
    const end = until({ ...state, suspensions }, rules);
    return `Die Frist läuft ab heute weiter, oder ab dem früheren Tag, den Sie nennen.${end === undefined ? '' : ` Setzen Sie heute fort, endet sie am ${end}.`}`;
  },
  extend: (state, rules) => {
    const { extension } = rules;
    if (extension === undefined) return 'Diese Leistung sieht keine Verlängerung vor.';
    const end = until({ ...state, extension: { ...extension, reason: '' } }, rules);
    return `Die Frist verlängert sich einmal um ${periodName(extension.length, extension.unit)}${end === undefined ? '' : `, also bis ${end}`} (${extension.legalBasis}). Die Person bekommt den Grund in einem Schreiben.`;
  },
  'draft-decision': (_state, rules) => `Der Entwurf wird in der Akte gespeichert. Nach außen geschieht noch nichts.${approvalNote(rules)}`,
  'submit-for-approval': () => 'Der Entwurf geht an die Leitung. Bis zur Freigabe oder Rückgabe kann ihn niemand ändern. Die Frist läuft weiter.',
  approve: takesEffect,
  decide: takesEffect,
  'return-draft': () => 'Der Entwurf geht mit Ihrer Bemerkung zurück an die Sachbearbeitung. Die Frist läuft weiter.',
  'record-bekanntgabe': (_state, rules, today) => {
    if (rules.promulgation !== undefined) return `Mit dem Tag der Verkündung beginnen die Fristen der Rechtsbehelfe (${rules.promulgation.legalBasis}).`;
    const known = bekanntgabe('post', today, rules.regime);
    if (known === undefined) return 'Aus dem Tag folgen Bekanntgabe und Widerspruchsfrist.';
    return `Aus dem Tag folgen Bekanntgabe und Widerspruchsfrist. Ginge der Bescheid heute zur Post, wäre er am ${shownDay(known.date)} bekannt gegeben und Widerspruch bis ${shownDay(widerspruchsfrist(known.date, rules.regime).date)} möglich.`;
  },
  'decide-objection': (_state, rules) =>
    `Der Entwurf wird in der Akte gespeichert. Der Widerspruch ist erst mit der Entscheidung darüber erledigt.${approvalNote(rules)}`,
  'follow-decision': () =>
    'Der Entwurf wird in der Akte gespeichert. Der bisherige Bescheid bleibt, wie er ist; die neue Entscheidung folgt ihm. Vor Rücknahme und Widerruf hören Sie die Person an (§ 28 VwVfG).',
  note: () => 'Der Vermerk steht in der Akte. Die antragstellende Person sieht ihn auf ihren Seiten nicht, bei Akteneinsicht aber schon (§ 29 VwVfG).',
  assign: () => 'Der Vorgang steht dann unter „Meine“ im Eingang der gewählten Person. An der Frist ändert das nichts.',
  remind: () => 'Der Vorgang steht ab diesem Tag unter „Wiedervorlage“. An der gesetzlichen Frist ändert das nichts.',
  'record-step': () =>
    'Der Schritt steht dann mit seinem Tag im Verfahrensablauf. Er lässt sich nicht zurücknehmen; öffentliche Schritte sieht jeder auf der Seite des Verfahrens.',
  'check-tasks': (_state, { checklist = [] }) =>
    `Wer was wann abgehakt hat, steht in der Akte.${checklist.some(({ required }) => required) ? ' Auf die nötigen Schritte wartet die Entscheidung.' : ''}`,
  transfer: () =>
    'Die andere Behörde ist dann zuständig und sieht die ganze Akte. Sie selbst sehen den Vorgang nur noch, wenn Sie auch dort arbeiten. Die Frist läuft weiter.',
};

function approvalNote(rules: ProcedureRules): string {
  const needing = rules.outcomes.filter((outcome) => needsApproval(outcome, rules));
  if (needing.length === 0) return '';
  return needing.length === rules.outcomes.length
    ? ' Die Entscheidung braucht danach die Freigabe der Leitung.'
    : ' Lehnen Sie ganz oder zum Teil ab, braucht die Entscheidung danach die Freigabe der Leitung.';
}

/** What follows from the action now. */
export const consequenceOf = (action: OfficerAction, { found, rules, today }: Pick<OfficerCase, 'found' | 'rules' | 'today'>): string =>
  CONSEQUENCES[action](found.state, rules, today);
