import { authorityNamesOf } from './authority-name.ts';
import { pointInRing, type Position } from './kernel/geo.ts';
import { expectOk } from './kernel/result.ts';
import { featureOf, type ContributionsContext, type PublicCollection } from './modules/contributions/public.ts';
import { collectionsFor, followFeature, setCollection, unfollowFeature } from './modules/geodata/public.ts';
import { accountProfile } from './modules/identity/public.ts';
import { openDisplay } from './modules/participation/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import type { Context } from './platform/context.ts';
import { participationOn } from './neighbours.ts';

/** Contributions on the map reach displays, accounts, districts and the open data through these ports: none of them knows it. */
export function contributionsOn(ctx: ProcedureContext, secret: string): ContributionsContext {
  const displays = participationOn(ctx);
  const { districts } = ctx.desk.services;
  return {
    ...ctx,
    secret,
    districts: () => districts,
    districtAt: (place: Position) => districts.find(({ rings }) => rings.some((ring) => pointInRing(place, ring)))?.name,
    // a participation may name an authority that the list has no more
    authorityName: authorityNamesOf(ctx),
    async displays(id) {
      const opened = await openDisplay(displays, id);
      return opened.ok ? { id: opened.value.round.id, title: opened.value.round.title, open: opened.value.open } : undefined;
    },
    async reach(db, accountId) {
      const account = await accountProfile(db, accountId);
      return account?.emailConfirmed === true && account.email !== undefined ? { to: account.email, lang: account.lang ?? 'de' } : undefined;
    },
    collection: openCollection(ctx),
  };
}

const COLLECTION = 'beitraege';
const FOLLOWS = { kind: 'system', job: 'contributions.serve-feature' } as const;

/** Published contributions as a collection of the OGC API. */
function openCollection(ctx: Context): PublicCollection {
  const there = async (): Promise<boolean> => (await collectionsFor(ctx, FOLLOWS)).some(({ id }) => id === COLLECTION);
  return {
    async put(one, participation) {
      if (!(await there())) {
        await setCollection(ctx, FOLLOWS, {
          id: COLLECTION,
          title: 'Beiträge aus Beteiligungen',
          description: 'Veröffentlichte Beiträge der Beteiligungen auf der Karte, ohne Angaben zu Personen.',
          about: { keywords: ['Beteiligung', 'Beitrag'], quality: 'Wie von den Menschen geschrieben und von der Behörde veröffentlicht.' },
        });
      }
      const { geometry, properties } = featureOf(one, participation);
      expectOk(await followFeature(ctx, FOLLOWS, COLLECTION, { id: one.id, geometry, properties }));
    },
    async drop(contributionId) {
      await unfollowFeature(ctx, FOLLOWS, COLLECTION, contributionId);
    },
  };
}
