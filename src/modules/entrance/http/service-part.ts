import { originIn } from '../../../platform/http/origin.ts';
import { getPage, html as answerHtml, problemPage, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, copyable, section } from '../../../platform/ui/parts.ts';
import { qrCode } from '../../../platform/ui/qr-code.ts';
import type { EntranceContext, ShownService } from '../application/context.ts';
import { nextOf } from '../application/figures.ts';
import { shareAddress } from '../application/share.ts';
import type { Frame } from './frame.ts';
import { nextPart } from './front-door.ts';
import { situationTexts } from './situation-texts.ts';

const NO_SERVICE = { kind: 'not-found' as const, detail: 'Diese Leistung gibt es nicht. Suchen Sie auf der Startseite nach ihr.' };

/** Codes drawn so far: to draw one takes longer than all else of its page, and there are few. */
const DRAWN = new Map<string, Html>();
const MOST_DRAWN = 500;

function drawnCode(address: string, label: string): Html {
  const key = `${label}\n${address}`;
  const known = DRAWN.get(key);
  if (known !== undefined) return known;
  if (DRAWN.size >= MOST_DRAWN) DRAWN.clear();
  const made = qrCode(address, label);
  DRAWN.set(key, made);
  return made;
}

/** What the front door adds to a service's page: what others needed next, and passing it on. */
export async function servicePart(ctx: EntranceContext, pkg: ShownService, visit: Visit): Promise<Html> {
  const { lang } = visit;
  const t = situationTexts(lang);
  const next = nextPart(await nextOf(ctx, [pkg.key]), lang, originIn(visit.query));
  return html`${next ?? ''}${accordion(t.share, await sharing(ctx, pkg, lang))}`;
}

async function sharing(ctx: EntranceContext, pkg: ShownService, lang: Lang): Promise<Html> {
  const t = situationTexts(lang);
  const address = await shareAddress(ctx, pkg.key);
  const name = pkg.name[lang];
  const mail = `mailto:?subject=${encodeURIComponent(t.mailSubject(name))}&body=${encodeURIComponent(t.mailBody(name, address))}`;
  return html`<p class="kern-body">${t.shareBody}</p>${drawnCode(address, t.shareQr(name))}${copyable(address, lang, t.shareAddress)}
${buttonRow(
  linkButton({ label: t.shareMail, href: mail, kind: 'secondary', icon: 'mail' }),
  linkButton({ label: t.sharePrint, href: `/leistungen/${pkg.key}/weitergeben`, kind: 'tertiary' }),
)}`;
}

/** A sheet to print and hand on: what the service is, what one needs, and how one gets there. */
export function shareRoutes(ctx: EntranceContext, frame: Frame): AnyRoute[] {
  return [
    getPage('/leistungen/:key/weitergeben', 'public', async (visit) => {
      const pkg = ctx.desk.current(visit.params['key'] ?? '');
      if (pkg === undefined) return problemPage(NO_SERVICE);
      const { lang } = visit;
      const t = situationTexts(lang);
      const address = await shareAddress(ctx, pkg.key);
      const name = pkg.name[lang];
      const main = html`${pageTitle(name, { lead: pkg.summary[lang] })}
${section(t.needs, html`<ul class="kern-list">${pkg.needs.map((need) => html`<li>${need[lang]}</li>`)}</ul>`)}
${section(t.share, html`<p class="kern-body">${t.sheetLead}</p>${drawnCode(address, t.shareQr(name))}<p class="kern-body"><strong>${address}</strong></p>`)}`;
      return answerHtml(page(frame(visit), { title: name, main, breadcrumb: [{ label: name, href: `/leistungen/${pkg.key}` }, { label: t.share }] }));
    }),
  ];
}
