import type { FieldProblem } from '../../../kernel/problem.ts';
import { tabs } from '../../../platform/ui/components.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { numberField, selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { RuleInput } from '../application/rules.ts';
import { watchTexts } from './watch-texts.ts';

export const RULES_PATH = '/verwaltung/messregeln';
export const KINDS = ['threshold', 'rate', 'absence', 'geofence'] as const;
type Kind = (typeof KINDS)[number];

export const kindOf = (text: string | null): Kind => KINDS.find((kind) => kind === text) ?? 'threshold';

/** What was typed, right or wrong, with what is wrong about it. */
export interface Typed {
  readonly fields: URLSearchParams;
  readonly problems: readonly FieldProblem[];
}

/** `4,5` and `4.5` -> 4.5; what is no number is `NaN`, and the rule's check says so at the field. */
const decimal = (text: string | null): number => (/^\s*[-+]?\d+(?:[.,]\d+)?\s*$/.test(text ?? '') ? Number((text ?? '').replace(',', '.')) : Number.NaN);

/** Reads the form of a rule. */
export function readRuleForm(fields: URLSearchParams): RuleInput {
  const text = (name: string): string => fields.get(name) ?? '';
  const [layer, stream] = [text('layer'), text('streamId').trim()];
  return {
    name: text('name'),
    layer: layer === '' ? undefined : layer,
    // -1 is the number of no stream: what was typed is refused, not dropped
    streamId: stream === '' ? undefined : /^\d{1,15}$/.test(stream) ? Number(stream) : -1,
    condition: readCondition(fields),
    severity: (['hint', 'warning', 'alarm'] as const).find((one) => one === text('severity')) ?? 'hint',
  };
}

function readCondition(fields: URLSearchParams): RuleInput['condition'] {
  const minutes = decimal(fields.get('minutes'));
  switch (kindOf(fields.get('kind'))) {
    case 'threshold': {
      const limit = decimal(fields.get('limit'));
      const clear = (fields.get('clear') ?? '').trim() === '' ? limit : decimal(fields.get('clear'));
      return { kind: 'threshold', side: fields.get('side') === 'below' ? 'below' : 'above', limit, clear };
    }
    case 'rate':
      return { kind: 'rate', side: fields.get('side') === 'falling' ? 'falling' : 'rising', perHour: decimal(fields.get('perHour')), minutes };
    case 'absence':
      return { kind: 'absence', minutes };
    case 'geofence':
      return { kind: 'geofence', when: fields.get('when') === 'outside' ? 'outside' : 'inside', ring: readRing(fields.get('ring') ?? '') };
  }
}

/** One corner a line; a line that is none makes the ring wrong as a whole. */
function readRing(text: string): readonly (readonly [number, number])[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const match = /^\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(line);
    return match === null ? [Number.NaN, Number.NaN] : [Number(match[1]), Number(match[2])];
  });
}

/** The form of a new rule; the kind is chosen first, so that only its own questions are asked. */
export function ruleForm(lang: Lang, kind: Kind, layers: readonly string[], typed?: Typed): Html {
  const t = watchTexts(lang);
  const problems = typed?.problems ?? [];
  const value = (name: string): string => typed?.fields.get(name) ?? '';
  const field = (name: string) => ({ name, lang, value: value(name), ...errorOf(problems, name) });
  const choice = (name: string, label: string, options: readonly (readonly [string, string])[]): Html =>
    selectField({ ...field(name), label, options: options.map(([key, text]) => ({ value: key, label: text })) });
  const minutes = (hint: string): Html => numberField({ ...field('minutes'), label: t.minutes, hint });
  const own: Record<Kind, () => readonly Html[]> = {
    threshold: () => [
      choice('side', t.side, [
        ['above', t.above],
        ['below', t.below],
      ]),
      numberField({ ...field('limit'), label: t.limit, decimal: true }),
      numberField({ ...field('clear'), label: t.clear, hint: t.clearHint, decimal: true, required: false }),
    ],
    rate: () => [
      choice('side', t.side, [
        ['rising', t.rising],
        ['falling', t.falling],
      ]),
      numberField({ ...field('perHour'), label: t.perHour, decimal: true }),
      minutes(t.minutesRate),
    ],
    absence: () => [minutes(t.minutesAbsence)],
    geofence: () => [
      choice('when', t.when, [
        ['inside', t.inside],
        ['outside', t.outside],
      ]),
      textArea({ ...field('ring'), label: t.ring, hint: t.ringHint, rows: 5 }),
    ],
  };
  const body = form({ action: `${RULES_PATH}?art=${kind}`, hidden: { kind } }, [
    textField({ ...field('name'), label: t.name, hint: t.nameHint, maxLength: 200 }),
    selectField({
      ...field('layer'),
      label: t.layer,
      hint: t.layerHint,
      required: false,
      empty: true,
      options: layers.map((one) => ({ value: one, label: one })),
    }),
    numberField({ ...field('streamId'), label: t.streamId, required: false }),
    ...own[kind](),
    choice('severity', t.severity, [
      ['hint', t.hint],
      ['warning', t.warning],
      ['alarm', t.alarm],
    ]),
    buttonRow(button({ label: t.set })),
  ]);
  const kinds = tabs(
    KINDS.map((one) => ({ label: t[one], href: `${RULES_PATH}?art=${one}#neu`, current: one === kind })),
    lang,
  );
  return html`${errorSummary(problems, lang) ?? ''}${section(t.add, html`${kinds}${body}`, { id: 'neu' })}`;
}
