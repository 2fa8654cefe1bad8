import type { Layer } from '../../../kernel/lage.ts';
import type { KeptObject } from '../../../kernel/picture.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import { readPicture, type Lage, type LageView, type PictureQuery } from '../../situation/public.ts';
import { chained, type FeedEntry } from '../domain/feed.ts';
import { appendEntries, type Partner } from '../store/partners.ts';

const PAGE = 2000;

/** What a partner may see: what an observer may of these layers; things for single functions never. */
const partnerView = (lage: Lage, layers: readonly Layer[]): Pick<LageView, 'lage' | 'member' | 'layers' | 'rights'> => ({
  lage,
  member: { id: 'partner', name: 'Partner', organisation: '', function: 'beobachter', sectionId: null, guest: true },
  layers: new Set(layers),
  rights: new Set(),
});

/** What of the picture is our own to tell: who heard something from a partner does not hand it on, and things for single functions never go out. */
const isOurs = ({ source, needToKnow }: KeptObject): boolean => source.kind !== 'partner' && needToKnow === undefined;

/** A thing as it goes out: no person's section, no need-to-know. */
function bodyOf(object: KeptObject): Pick<FeedEntry, 'kind' | 'body'> {
  if (object.ended) return { kind: 'ended', body: { id: object.id } };
  const { seq: _seq, changedAt: _at, ended: _ended, sectionId: _section, needToKnow: _need, source, ...told } = object;
  const { ref: _ref, ...said } = source;
  return { kind: 'object', body: JSON.parse(JSON.stringify({ ...told, source: said })) as unknown };
}

/** Puts what changed in our picture since the last time at the end of the partner's feed. The partner is held by the caller. */
export async function fillFeed(tx: Tx, lage: Lage, partner: Partner): Promise<Partner> {
  const { objects, head } = await readPicture(tx, partnerView(lage, partner.layers), { after: partner.pictureSeq, ended: true, limit: PAGE });
  const entries = chained({ n: partner.outN, hash: partner.outHash }, objects.filter(isOurs).map(bodyOf));
  // a full page may not be all; else everything up to the head is in
  const pictureSeq = objects.length === PAGE ? objects.at(-1)!.seq : Math.max(head, partner.pictureSeq);
  if (pictureSeq !== partner.pictureSeq) await appendEntries(tx, partner, entries, pictureSeq);
  const last = entries.at(-1);
  return { ...partner, pictureSeq, outN: last?.n ?? partner.outN, outHash: last?.hash ?? partner.outHash };
}

/** What leaves a share ends with the partner, what joins it comes whole; both as they stand at `pictureSeq`. */
export async function layerChange(tx: Tx, lage: Lage, before: Partner, layers: readonly Layer[]): Promise<void> {
  // first everything that happened until now, so that what has ended meanwhile ends there too
  let partner = before;
  for (let seq = -1; seq !== partner.pictureSeq;) {
    seq = partner.pictureSeq;
    partner = await fillFeed(tx, lage, partner);
  }
  const gone = partner.layers.filter((layer) => !layers.includes(layer));
  const come = layers.filter((layer) => !partner.layers.includes(layer));
  const [left, joined] = [await all(tx, lage, gone), await all(tx, lage, come)];
  const bodies = [...left.map(({ id }) => ({ kind: 'ended' as const, body: { id } })), ...joined.map(bodyOf)];
  await appendEntries(tx, partner, chained({ n: partner.outN, hash: partner.outHash }, bodies), partner.pictureSeq);
}

async function all(db: Sql, lage: Lage, layers: readonly Layer[]): Promise<KeptObject[]> {
  const found: KeptObject[] = [];
  if (layers.length === 0) return found;
  for (let after = 0; ;) {
    const query: PictureQuery = { after, ended: false, limit: PAGE };
    const { objects } = await readPicture(db, partnerView(lage, layers), query);
    found.push(...objects.filter(isOurs));
    if (objects.length < PAGE) return found;
    after = objects.at(-1)!.seq;
  }
}
