import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { CommandOf } from './commands.ts';
import type { Circumstances, Decided } from './decide.ts';

type ClockCommand =
  | CommandOf<'suspend'>
  | CommandOf<'resume'>
  | CommandOf<'extend'>
  | CommandOf<'note'>
  | CommandOf<'assign'>
  | CommandOf<'remind'>
  | CommandOf<'transfer'>;

/** What moves the deadline or the desk: suspension, extension, notes, assignment, transfer. */
export function decideClock(command: ClockCommand, { state, rules, now }: Circumstances): Decided {
  const today = legalDay(now).toString();
  switch (command.action) {
    case 'suspend': {
      const from = command.from ?? today;
      if (command.reason.trim() === '') return refuse(REASON_MISSING);
      if (from < state.completeOn! || from > today) {
        return refuse(invalidField('from', 'Das Verfahren kann nicht vor der Vollständigkeit und nicht in der Zukunft ausgesetzt werden.'));
      }
      return ok([{ kind: 'frist-ausgesetzt', facts: { from }, content: { reason: command.reason } }]);
    }
    case 'resume': {
      const on = command.on ?? today;
      const since = state.suspensions.at(-1)!.from;
      if (on < since || on > today) {
        return refuse(invalidField('on', 'Das Verfahren kann nicht vor der Aussetzung und nicht in der Zukunft fortgesetzt werden.'));
      }
      return ok([{ kind: 'frist-fortgesetzt', facts: { on } }]);
    }
    case 'extend': {
      if (command.reason.trim() === '') return refuse(REASON_MISSING);
      return ok([{ kind: 'frist-verlaengert', facts: rules.extension!, content: { reason: command.reason } }]);
    }
    case 'note': {
      if (command.text.trim() === '') return refuse(invalidField('text', 'Schreiben Sie den Vermerk in das Feld.'));
      return ok([{ kind: 'vermerkt', facts: {}, content: { text: command.text } }]);
    }
    case 'assign':
      return ok([{ kind: 'zugewiesen', facts: { staffId: command.staffId } }]);
    case 'remind': {
      if (command.on !== null && command.on <= today) {
        return refuse(invalidField('on', 'Die Wiedervorlage muss in der Zukunft liegen. Nennen Sie einen späteren Tag.'));
      }
      return ok([{ kind: 'wiedervorlage-gesetzt', facts: { on: command.on } }]);
    }
    case 'transfer': {
      if (command.reason.trim() === '') return refuse(REASON_MISSING);
      if (command.authority === state.authority) {
        return refuse(invalidField('authority', 'Der Vorgang liegt schon bei dieser Behörde. Wählen Sie eine andere.'));
      }
      return ok([{ kind: 'abgegeben', facts: { authority: command.authority }, content: { reason: command.reason } }]);
    }
  }
}

const REASON_MISSING = invalidField('reason', 'Nennen Sie den Grund. Er steht in der Akte.');
