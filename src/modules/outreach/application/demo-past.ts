import { fillingTens } from '../../../kernel/few.ts';
import { expectOk } from '../../../kernel/result.ts';
import { CITY_ZONE } from '../../../kernel/time.ts';
import type { Words } from '../domain/blocks.ts';
import type { Plan, Variant, Variation } from '../domain/experiment.ts';
import type { Opening } from '../domain/follow.ts';
import { addShown, experimentsOf } from '../store/experiments.ts';
import { listLinks } from '../store/links.ts';
import { addOpenings, followCounts } from '../store/openings.ts';
import type { OutreachContext } from './context.ts';
import { settleExperiments, startExperiment, suggestMaximum } from './experiments.ts';
import { DEMO_CHANNELS, DEMO_PAGE, demoCampaign, PRESS } from './fill-demo.ts';

/** What somebody who came by a link opened on a day. */
export interface DemoOpening {
  readonly day: Temporal.PlainDate;
  /** A code, with the letter of a wording while two are compared. */
  readonly origin: string;
  readonly followed: number;
  /** Beside those who followed: programs, which are left out. */
  readonly robots: number;
  readonly shown: number;
  readonly onward: number;
}

/** When wordings were compared, in days. */
export interface DemoComparisons {
  readonly finished: { readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate };
  readonly running: { readonly from: Temporal.PlainDate };
}

/** Codes of the links to the demo's landing page, in the order of `DEMO_CHANNELS`. */
export async function demoCodes(ctx: OutreachContext): Promise<readonly string[]> {
  const campaign = await demoCampaign(ctx);
  const links = campaign === undefined ? [] : await listLinks(ctx.database.read, campaign.id, 20);
  return DEMO_CHANNELS.flatMap((channel) => links.find((one) => one.target === `/d/${DEMO_PAGE}` && one.channel === channel)?.code ?? []);
}

/** The past of the demo's campaign: what was opened, a comparison that has ended and one that runs. Once. */
export async function fillDemoPast(ctx: OutreachContext, opened: readonly DemoOpening[], compared: DemoComparisons): Promise<void> {
  const campaign = await demoCampaign(ctx);
  if (campaign === undefined) return;
  if ((await followCounts(ctx.database.read, campaign.id)).length === 0) await keepOpenings(ctx, opened);
  if ((await experimentsOf(ctx.database.read, DEMO_PAGE)).length > 0) return;
  const { finished, running } = compared;
  const before = opened.filter(({ day, origin }) => origin.includes('.') && Temporal.PlainDate.compare(day, finished.until) < 0);
  // a short past has none that could have ended
  if (before.length > 0) {
    await compare(ctx, LEAD, finished.from, before);
    await settleExperiments(at(ctx, finished.until));
  }
  await compare(ctx, BUTTON, running.from, opened);
}

const at = (ctx: OutreachContext, day: Temporal.PlainDate): OutreachContext => {
  const instant = day.toZonedDateTime({ timeZone: CITY_ZONE, plainTime: '08:00' }).toInstant();
  return { ...ctx, clock: () => instant };
};

async function keepOpenings({ database }: OutreachContext, opened: readonly DemoOpening[]): Promise<void> {
  const full = fillingTens();
  await database.write(async (tx) => {
    const keep = async (opening: Opening, day: Temporal.PlainDate, verdict: 'counted' | 'robot', more: number): Promise<void> => {
      const tens = full(`${JSON.stringify(opening)} ${verdict}`, more);
      if (tens > 0) await addOpenings(tx, opening, day, verdict, tens);
    };
    for (const { day, origin, followed, robots, shown, onward } of opened) {
      const link: Opening = { kind: 'link', code: origin.split('.')[0]! };
      await keep(link, day, 'counted', followed);
      await keep(link, day, 'robot', robots);
      await keep({ kind: 'landing', slug: DEMO_PAGE, step: 'shown' }, day, 'counted', shown);
      await keep({ kind: 'landing', slug: DEMO_PAGE, step: 'onward' }, day, 'counted', onward);
    }
  });
}

const EFFECT = { expectedPercent: 5, minimumPercent: 6, alpha: 0.05 };
const PLAN: Plan = { ...EFFECT, maximumShown: suggestMaximum(EFFECT, 2) };

const words = (de: string, en: string, leicht: string): Words => ({ de, en, leicht });

/** A heading that says what one gains, beside the campaign's name. */
const LEAD: Variation = {
  block: 'b1',
  texts: {
    b: {
      heading: words('Dein Antrag, wann es dir passt', 'Your application, whenever it suits you', 'Dein Antrag, wann du willst'),
      text: words(
        'Viele Anträge schickst du von zu Hause ab, auch abends und am Wochenende. Wer Hilfe möchte, bekommt sie.',
        'You can send many applications from home, also in the evening and on weekends. Whoever wants help gets it.',
        'Viele Anträge gehen von zu Hause. Du willst Hilfe? Die bekommst du.',
      ),
    },
  },
};
const BUTTON: Variation = {
  block: 'b3',
  texts: { b: { label: words('Zur Anmeldung für deinen Hund', 'Go to the registration of your dog', 'Den Hund jetzt anmelden') } },
};

/** Starts a comparison on a day, with the views of its wordings since. */
async function compare(ctx: OutreachContext, variation: Variation, from: Temporal.PlainDate, opened: readonly DemoOpening[]): Promise<void> {
  const { id } = expectOk(await startExperiment(at(ctx, from), PRESS, { slug: DEMO_PAGE, plan: PLAN, variation }));
  await ctx.database.write(async (tx) => {
    for (const { day, origin, shown } of opened) {
      const letter = origin.split('.')[1] as Variant | undefined;
      if (letter === undefined || Temporal.PlainDate.compare(day, from) < 0) continue;
      if (shown > 0) await addShown(tx, id, letter, day, shown);
    }
  });
}
