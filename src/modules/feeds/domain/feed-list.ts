import { CAP_NAMESPACE } from '../../../kernel/cap.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { childOf, childText, childrenOf, parseXml, type XmlElement } from './xml.ts';

/** What an address of warnings answers: messages themselves, or where they are. */
export interface FeedList {
  readonly alerts: readonly XmlElement[];
  readonly links: readonly string[];
  /** It names more than are read. */
  readonly cut: boolean;
}

const ATOM = 'http://www.w3.org/2005/Atom';
/** So many a feed may name. */
export const MOST_LINKS = 2000;

/** Reads one CAP message, an Atom feed or an RSS channel; entries may hold the message or lead to it. */
export function readFeed(xml: string, address: string): Result<FeedList, string> {
  const parsed = parseXml(xml, { maxDepth: 20, maxElements: 50_000 });
  if (!parsed.ok) return parsed;
  const root = parsed.value;
  if (root.name === 'alert' && root.namespace === CAP_NAMESPACE) return ok({ alerts: [root], links: [], cut: false });
  const entries =
    root.name === 'feed' && root.namespace === ATOM
      ? childrenOf(root, 'entry')
      : root.name === 'rss'
        ? childrenOf(childOf(root, 'channel') ?? root, 'item')
        : undefined;
  if (entries === undefined) return refuse('Die Adresse liefert weder CAP noch Atom noch RSS.');
  const alerts = entries.flatMap((entry) => alertIn(entry) ?? []);
  const links = [...new Set(entries.filter((entry) => alertIn(entry) === undefined).flatMap((entry) => linkOf(entry, address) ?? []))];
  return ok({ alerts, links: links.slice(0, MOST_LINKS), cut: links.length > MOST_LINKS });
}

function alertIn(entry: XmlElement): XmlElement | undefined {
  const holder = childOf(entry, 'content') ?? entry;
  const found = childOf(holder, 'alert');
  return found?.namespace === CAP_NAMESPACE ? found : undefined;
}

function linkOf(entry: XmlElement, address: string): string | undefined {
  const links = childrenOf(entry, 'link');
  const cap =
    links.find((link) => link.attributes.get('type') === 'application/cap+xml') ??
    links.find((link) => (link.attributes.get('rel') ?? 'alternate') === 'alternate');
  const text = cap?.attributes.get('href') ?? childText(entry, 'link');
  const url = text === undefined || text === '' ? null : URL.parse(text, address);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
