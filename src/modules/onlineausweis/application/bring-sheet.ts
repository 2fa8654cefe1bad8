import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { formatGermanDate, legalDay } from '../../../kernel/time.ts';
import { wrongState, type Problem } from '../../../kernel/problem.ts';
import { WORDS } from '../domain/all-words.ts';
import type { HelperContext } from './context.ts';
import { SHEET_TEMPLATE } from './sheet-template.ts';
import { stepAddress, type EndStep, type HelperStep } from './guide.ts';

const noEnd: Problem<'wrong-state'> = wrongState('Einen Zettel gibt es erst am Ende der Fragen. Beantworten Sie zuerst alle Fragen unter /online-ausweis.');

/**
 * The end of a path as a sheet to take along: what to do, what to bring, and in German what it is about, for whoever
 * helps at the counter.
 * @param qr makes the code that leads back to the same end, as SVG
 */
export async function bringSheet(
  ctx: Pick<HelperContext, 'typesetter' | 'settings' | 'clock'>,
  step: HelperStep,
  qr: (address: string) => string,
): Promise<Result<Uint8Array, Problem>> {
  const { at, language } = step;
  if (at.kind !== 'end') return refuse(noEnd);
  const address = ctx.settings.publicUrl + stepAddress(step.path, { language: language.key });
  const code = { name: 'qr.svg', mediaType: 'image/svg+xml', bytes: Buffer.from(qr(address)), description: step.frame.scan, drawn: true as const };
  return ok(await ctx.typesetter.compile(SHEET_TEMPLATE, sheetData(step, at, address, formatGermanDate(legalDay(ctx.clock()))), [code]));
}

function sheetData({ frame, language }: HelperStep, at: EndStep, address: string, today: string): unknown {
  const german = language.html === 'de' ? undefined : WORDS.de.ends[at.id].title;
  return joined({
    ...{ lang: language.html, direction: language.direction, title: at.title, lead: at.lead, today, address },
    ...{ stepsTitle: frame.steps, steps: at.steps, bringTitle: frame.bring, bring: at.bring },
    facts: [{ label: frame.cost, value: at.cost }, ...(at.duration === undefined ? [] : [{ label: frame.time, value: at.duration }])],
    ...{ help: frame.help, asOf: at.asOf, unchecked: frame.unchecked, scan: frame.scan, heading: frame.title },
    ...(german === undefined ? {} : { german }),
  });
}

/** The typesetter drops signs without width; a narrow join in Persian words becomes a blank, as it is written by hand. */
const joined = (data: object): unknown => JSON.parse(JSON.stringify(data).replaceAll('\u200c', '\u00a0'));
