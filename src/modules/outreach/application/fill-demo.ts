import type { Actor } from '../../../kernel/actor.ts';
import { expectOk } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Campaign } from '../domain/campaign.ts';
import { listCampaigns } from '../store/campaigns.ts';
import { makeCampaign, moveCampaign } from './campaigns.ts';
import type { OutreachContext } from './context.ts';
import { demoBlocks } from './demo-blocks.ts';
import { makeLink } from './links.ts';
import { isStanding } from './offered.ts';
import { editPage, makePage, publishPage } from './pages.ts';

/** The demo's press officer acts under this id; the name comes when they first sign in. */
export const PRESS = { kind: 'staff', staffId: '0190a000-0000-7000-8000-00000000de59', roles: ['presse'], authorities: [] } as const satisfies Actor;

export const DEMO_PAGE = 'digital-fuer-dich';
/** Ways of the links to it. */
export const DEMO_CHANNELS = ['bus', 'popup', 'poster'] as const;

const SOURCE =
  'Berichte der Stadt über die Kampagne, Oktober 2024 bis Ende 2025: Start mit einem Pop-up in einer Einkaufspassage, ein zweites im Mai 2025, Busse und Plakate. Weniger als ein Viertel der Menschen nutzte im Herbst 2024 die Online-Dienste. Zielwert, Kosten und Ende sind Beispiele dieser Demo.';

/** The first campaign that the city does not keep by itself. */
export const demoCampaign = async ({ database }: Pick<OutreachContext, 'database'>): Promise<Campaign | undefined> =>
  (await listCampaigns(database.read, { limit: 2 })).find((one) => !isStanding(one));

/**
 * The campaign of the demo, once: what is known of the real one, and what is our own placement marked as such.
 * @param since when it was entered
 */
export async function fillDemoCampaign(city: OutreachContext, since = city.clock()): Promise<void> {
  const ctx: OutreachContext = { ...city, clock: () => since };
  const service = (ctx.services().find(({ key }) => key === 'hund') ?? ctx.services()[0])?.key;
  if (service === undefined || (await demoCampaign(ctx)) !== undefined) return;
  const end = legalDay(city.clock()).add({ years: 1 });
  const campaign = expectOk(
    await makeCampaign(ctx, PRESS, {
      title: 'Hamburg – digital für dich',
      titles: { en: 'Hamburg – digital for you', leicht: 'Hamburg – digital für dich' },
      aim: 'Die Online-Dienste der Stadt sind bekannt und werden genutzt. Wer nicht online gehen kann oder will, bekommt weiter Hilfe von Menschen.',
      goal: { services: [], rate: 'survey', fromPercent: 24, toPercent: 40, by: end },
      audience: 'Alle Menschen in Hamburg, vor allem wer sich mit seinen Daten unsicher fühlt. Die Nutzung sinkt mit dem Alter.',
      places: ['Einkaufspassage (Pop-up, Oktober 2024)', 'Einkaufszentrum (Pop-up, Mai 2025)', 'Busse in der Stadt'],
      channels: ['popup', 'bus', 'poster', 'handbill'],
      material: 'Busse im Design der Kampagne, Plakate mit Beschäftigten der Verwaltung, Handzettel mit QR-Code',
      budgetCents: 250_000_00,
      spentCents: 180_000_00,
      startsOn: Temporal.PlainDate.from('2024-10-01'),
      endsOn: end,
      source: SOURCE,
      ownPlacement: true,
    }),
  );
  expectOk(await moveCampaign(ctx, PRESS, campaign.id, 'running'));
  const { slug, version } = expectOk(await makePage(ctx, PRESS, campaign.id, DEMO_PAGE));
  const built = expectOk(await editPage(ctx, PRESS, { slug, version, change: { kind: 'all', blocks: demoBlocks(service) } }));
  expectOk(await publishPage(ctx, PRESS, { slug, version: built.version, reason: 'Erste Fassung für die Demo' }));
  for (const [channel, place, material, target] of [
    ['bus', 'Busse in der Stadt', 'Bus im Design der Kampagne', `/d/${slug}`],
    ['popup', 'Einkaufszentrum', 'Handzettel', `/d/${slug}`],
    ['poster', 'Haltestellen', 'Plakat A3', `/d/${slug}`],
    ['popup', 'Einkaufspassage', 'Aufsteller zum Online-Ausweis', '/online-ausweis'],
  ] as const)
    expectOk(await makeLink(ctx, PRESS, campaign.id, { target, channel, place, material }));
}
