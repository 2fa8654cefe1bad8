import { selectField, textArea } from '../../../platform/ui/form.ts';
import { dateField } from '../../../platform/ui/form-date.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { courseOf, openSteps, type CourseStep } from '../domain/course.ts';
import { fieldOf, type FormInput, type Posted } from './officer-form.ts';
import { record, shownDay, type OfficerCase } from './officer-view.ts';

const STAGES = { done: ['success', 'getan'], next: ['info', 'jetzt möglich'], ahead: ['neutral', 'später'] } as const;

/** The course of the procedure: every step with its legal basis, done with its day, now, or to come. */
export function coursePart(_view: PageView, at: OfficerCase): Html {
  const course = courseOf(at.found.state, at.rules);
  if (course.length === 0) return html``;
  const stage = (step: CourseStep): Html => {
    const [kind, word] = STAGES[step.stage];
    return badge(kind, word);
  };
  return record(
    'Verfahrensablauf',
    'ablauf',
    dataTable<CourseStep>(
      [
        { label: 'Schritt', cell: (step) => step.milestone.name.de, rowHeader: true },
        { label: 'Rechtsgrundlage', cell: (step) => step.milestone.legalBasis },
        { label: 'Stand', cell: stage },
        { label: 'Tag', cell: (step) => (step.on === undefined ? '–' : shownDay(step.on)) },
        { label: 'Öffentlich', cell: (step) => (step.milestone.public ? 'ja' : 'nein') },
      ],
      course,
      { lang: 'de', caption: 'Schritte des Verfahrens' },
    ),
  );
}

export function stepFields(at: OfficerCase, input: FormInput): Html {
  const open = openSteps(at.found.state, at.rules);
  const options = open.map(({ milestone, stage }) => ({
    value: milestone.id,
    label: `${milestone.name.de} (${milestone.legalBasis})${stage === 'ahead' ? ', es fehlt noch etwas davor' : ''}`,
  }));
  const next = open.find((step) => step.stage === 'next')?.milestone.id ?? '';
  return html`${selectField({ ...fieldOf(input, 'step', next), label: 'Welcher Schritt ist getan?', options })}
${dateField({ ...fieldOf(input, 'on'), label: 'Tag', hint: 'Leer: heute. Zum Beispiel 24.11.2026.', required: false })}
${textArea({ ...fieldOf(input, 'note'), label: 'Vermerk dazu', hint: 'Zum Beispiel das Aktenzeichen des Beschlusses.', required: false, rows: 3 })}`;
}

export function readStep(posted: Posted): Record<string, unknown> {
  const on = posted.day('on');
  if (posted.text('step') === '') posted.complain('step', 'Wählen Sie den Schritt.');
  return { step: posted.text('step'), note: posted.text('note'), ...(on === undefined ? {} : { on }) };
}
