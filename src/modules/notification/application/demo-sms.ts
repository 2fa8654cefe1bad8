import type { Context } from '../../../platform/context.ts';
import { lastTwo } from '../domain/phone.ts';
import { keepDemoSms, listDemoSms, type DemoSms } from '../store/demo-sms.ts';

/** Keeps a message that the demo's gateway took, without its number: everybody sees it. The same reference is taken once. @returns its id */
export function takeDemoSms(
  ctx: Pick<Context, 'database' | 'clock'>,
  one: { readonly id: string; readonly to: string; readonly text: string; readonly reference: string },
): Promise<string> {
  const { id, to, text, reference } = one;
  return ctx.database.write((tx) => keepDemoSms(tx, { id, reference, recipient: lastTwo(to), words: text, sentAt: ctx.clock() }));
}

/** What it took last. */
export const keptDemoSms = (ctx: Pick<Context, 'database'>): Promise<readonly DemoSms[]> => listDemoSms(ctx.database.read);
