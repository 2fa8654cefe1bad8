import { invalidField, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { findPersonalWords } from './anonymise.ts';
import type { Day, StatementEvent, WeighingResult } from './events.ts';
import { requiredWords } from './find.ts';
import type { Round } from './participation.ts';
import type { ParticipationProblem } from './problems.ts';
import { shownText, type Statement } from './statement.ts';

/** What an officer does with a statement. */
export type StatementCommand =
  | { readonly action: 'release' }
  | { readonly action: 'anonymise'; readonly text: string; readonly confirmed: boolean; readonly placesShown: boolean }
  | { readonly action: 'publish' }
  | { readonly action: 'unpublish' }
  | {
      readonly action: 'weigh';
      readonly result: WeighingResult;
      readonly reasons: string;
      readonly reply: string;
      /** § 4a(5) BauGB: the content was not known, need not have been, and does not matter for the plan's lawfulness. */
      readonly mayBeDisregarded?: boolean | undefined;
    }
  | { readonly action: 'replied'; readonly via: 'mail' | 'postfach' | 'paper' };

type Decided = Result<readonly StatementEvent[], ParticipationProblem>;

const LONGEST = 10_000;

/** What follows from an officer's command on one statement. */
export function decideStatement(state: Statement, command: StatementCommand, today: Day): Decided {
  switch (command.action) {
    case 'release':
      if (state.releasedOn !== undefined) return ok([]);
      return shownText(state) === undefined ? refuse(ANONYMISE_FIRST) : ok([{ kind: 'stellungnahme-freigegeben', facts: { on: today } }]);
    case 'anonymise':
      return anonymise(state, command, today);
    case 'publish':
      if (state.publishedOn !== undefined) return ok([]);
      return shownText(state) === undefined ? refuse(ANONYMISE_FIRST) : ok([{ kind: 'stellungnahme-veroeffentlicht', facts: { on: today } }]);
    case 'unpublish':
      return ok(state.publishedOn === undefined ? [] : [{ kind: 'veroeffentlichung-beendet', facts: { on: today } }]);
    case 'weigh':
      return weigh(state, command, today);
    case 'replied':
      if (state.weighing === undefined) return refuse(wrongState('Wägen Sie zuerst ab. Das Ergebnis wird dann mitgeteilt.'));
      return ok(state.repliedOn === undefined ? [{ kind: 'ergebnis-mitgeteilt', facts: { on: today, via: command.via } }] : []);
  }
}

const ANONYMISE_FIRST = wrongState(
  'Diese Stellungnahme stammt von einer Person. Schreiben Sie zuerst die Fassung ohne Namen und Anschrift; nur sie sehen andere.',
);

/** Nothing is taken out silently: what still names the author is refused until the officer says it may stay. */
function anonymise(state: Statement, command: Extract<StatementCommand, { action: 'anonymise' }>, today: Day): Decided {
  const words = requiredWords('anonymised', command.text, 'Schreiben Sie die Fassung, die andere lesen dürfen.', LONGEST);
  if (!words.ok) return words;
  const left = findPersonalWords(words.value, state.author);
  if (left.length > 0 && !command.confirmed) {
    const found = [...new Set(left.map(({ from, to }) => words.value.slice(from, to)))].slice(0, 5).join(', ');
    return refuse(
      invalidField(
        'anonymised',
        `In der Fassung stehen noch Angaben zur Person: ${found}. Nehmen Sie sie heraus, oder bestätigen Sie, dass sie bleiben dürfen.`,
      ),
    );
  }
  return ok([{ kind: 'stellungnahme-anonymisiert', facts: { on: today, placesShown: command.placesShown }, content: { text: words.value } }]);
}

/** § 1(7), § 3(2) BauGB: every statement is weighed with reasons and an answer to its author. */
function weigh(state: Statement, command: Extract<StatementCommand, { action: 'weigh' }>, today: Day): Decided {
  if (command.result === 'unberuecksichtigt' && !state.late) {
    return refuse(invalidField('result', 'Diese Stellungnahme kam rechtzeitig. Unberücksichtigt bleiben dürfen nur verspätete (§ 4a Abs. 5 BauGB).'));
  }
  if (command.result === 'unberuecksichtigt' && command.mayBeDisregarded !== true) {
    return refuse(
      invalidField(
        'mayBeDisregarded',
        'Bestätigen Sie: Der Inhalt war nicht bekannt, hätte nicht bekannt sein müssen und ist für die Rechtmäßigkeit nicht von Bedeutung (§ 4a Abs. 5 BauGB).',
      ),
    );
  }
  const reasons = requiredWords('reasons', command.reasons, 'Begründen Sie das Ergebnis.', LONGEST);
  if (!reasons.ok) return reasons;
  const reply = requiredWords('reply', command.reply, 'Schreiben Sie die Antwort an die Person oder Stelle.', LONGEST);
  if (!reply.ok) return reply;
  const { result } = command;
  if (state.weighing?.result === result && state.weighing.reasons === reasons.value && state.weighing.reply === reply.value) return ok([]);
  return ok([{ kind: 'abgewogen', facts: { result, on: today }, content: { reasons: reasons.value, reply: reply.value } }]);
}

/** Whether the public may write to this round, and whether it comes late. @param byHand recorded by an officer from paper */
export function receive(round: Round, receivedOn: Day, today: Day, byHand: boolean): Result<{ readonly late: boolean }, ParticipationProblem> {
  if (round.kind !== 'oeffentlich') return refuse(wrongState('An dieser Runde nehmen nur die gefragten Stellen teil.'));
  if (receivedOn > today) return refuse(invalidField('receivedOn', 'Der Tag des Eingangs kann nicht in der Zukunft liegen.'));
  if (receivedOn < round.startsOn) {
    const when = round.startsOn.split('-').toReversed().join('.');
    return refuse(
      byHand
        ? invalidField('receivedOn', `Die Auslegung begann am ${when}. Prüfen Sie den Tag des Eingangs.`)
        : wrongState(`Die Auslegung beginnt am ${when}. Ab dann können Sie Stellung nehmen.`),
    );
  }
  if (round.status === 'closed' && !byHand)
    return refuse(wrongState('Diese Beteiligung ist abgeschlossen. Schreiben Sie an die Behörde, wenn Ihr Hinweis wichtig ist.'));
  return ok({ late: receivedOn > round.dueOn });
}
