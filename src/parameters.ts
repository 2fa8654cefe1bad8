import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z, type ZodType } from 'zod';
import type { ListField, NumberField, Parameter, ParameterFields, ParameterRow, SwitchField } from './kernel/parameter.ts';
import { assistantParameters } from './modules/assistant/public.ts';
import { parseYaml, type Mistake } from './modules/catalogue/public.ts';
import { contributionsParameters } from './modules/contributions/public.ts';
import { entranceParameters } from './modules/entrance/public.ts';
import { finderParameters } from './modules/finder/public.ts';
import { guidesParameters } from './modules/guides/public.ts';
import { identityParameters } from './modules/identity/public.ts';
import { indicatorsParameters } from './modules/indicators/public.ts';
import { notificationParameters } from './modules/notification/public.ts';
import { onlineAusweisParameters } from './modules/onlineausweis/public.ts';
import { outreachParameters } from './modules/outreach/public.ts';
import { paymentParameters } from './modules/payment/public.ts';
import { procedureParameters } from './modules/procedure/public.ts';
import { situationParameters } from './modules/situation/public.ts';

/** Everything that a city may set without a new release. */
export const PARAMETERS: readonly Parameter[] = [
  ...onlineAusweisParameters,
  ...procedureParameters,
  ...notificationParameters,
  ...indicatorsParameters,
  ...outreachParameters,
  ...entranceParameters,
  ...identityParameters,
  ...paymentParameters,
  ...guidesParameters,
  ...finderParameters,
  ...assistantParameters,
  ...contributionsParameters,
  ...situationParameters,
];

export const PARAMETERS_FILE = 'parameter.yaml';

/** Reads the city's own rows. @param root folder of the services */
export const loadParameters = (root: string): ReadParameters => readParameters(readFileSync(join(root, PARAMETERS_FILE), 'utf8'));

export interface ReadParameters {
  readonly rows: readonly OwnRow[];
  readonly mistakes: readonly Mistake[];
}

interface OwnRow extends ParameterRow<ReturnType<Parameter['on']>> {
  readonly key: string;
}

/** As `loadParameters`, of the file's text. With a mistake there are no rows at all. */
export function readParameters(text: string): ReadParameters {
  const mistakes: Mistake[] = [];
  const rows = parseYaml(PARAMETERS_FILE, { [PARAMETERS_FILE]: text }, fileSchema(), mistakes);
  return { rows: (rows ?? []) as readonly OwnRow[], mistakes };
}

/**
 * Puts the city's rows before anything asks. A file with a mistake stops the start: with the values of the code instead,
 * a city that keeps something longer would have it deleted.
 * @throws in plain German, each mistake with file and line
 */
export function applyParameters({ rows, mistakes }: ReadParameters): void {
  if (mistakes.length > 0) {
    const list = mistakes.map(({ file, line, message }) => `  - ${file}:${line} ${message}`);
    throw new Error(['Kontor kann so nicht starten. Bitte berichtigen Sie diese Parameter:', ...list].join('\n'));
  }
  const own = Map.groupBy(rows, ({ key }) => key);
  for (const one of PARAMETERS) one.set(own.get(one.key) ?? []);
}

function numberSchema({ least, most, fraction }: NumberField): ZodType<number> {
  return fraction === true ? z.number().min(least).max(most) : z.int().min(least).max(most);
}

function fieldSchema(field: NumberField | ListField | SwitchField): ZodType {
  if ('onOff' in field) return z.boolean();
  return 'list' in field ? z.array(numberSchema(field)).min(1).max(10) : numberSchema(field);
}

const valueSchema = (fields: ParameterFields): ZodType =>
  z.strictObject(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)])));

/** One row after the other, so that a mistake is told of the parameter that was meant, at its place. */
const fileSchema = () =>
  z
    .array(
      z.strictObject({
        key: z.string(),
        from: z.iso.date('Diesen Tag gibt es nicht. Schreiben Sie ihn so: 2027-04-01.'),
        value: z.record(z.string(), z.unknown()),
        source: z.string().trim().min(1),
      }),
    )
    .superRefine((rows, ctx) => {
      for (const [index, { key, from, value }] of rows.entries()) {
        const named = PARAMETERS.find((one) => one.key === key);
        if (named === undefined) {
          const message = `Den Parameter «${key}» gibt es nicht. Es gibt: ${PARAMETERS.map((one) => one.key)
            .toSorted()
            .join(', ')}.`;
          ctx.addIssue({ code: 'custom', path: [index, 'key'], message });
          continue;
        }
        if (rows.findIndex((one) => one.key === key && one.from === from) < index)
          ctx.addIssue({
            code: 'custom',
            path: [index, 'from'],
            message: `«${key}» hat diesen Tag schon. Nehmen Sie einen anderen oder streichen Sie eine der Zeilen.`,
          });
        const read = valueSchema(named.fields).safeParse(value);
        for (const issue of read.success ? [] : read.error.issues) ctx.addIssue({ ...issue, path: [index, 'value', ...issue.path] });
      }
    });
