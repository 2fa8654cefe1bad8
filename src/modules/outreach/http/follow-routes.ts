import { problemPage, getPage, html as answerHtml, leadOn, type AnyRoute, type Answer, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatDate } from '../../../platform/ui/formats.ts';
import { inLanguage } from '../../../kernel/lang.ts';
import { defineTexts, html, LANGS, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { qrFile } from '../../../platform/ui/qr-code.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { OutreachContext } from '../application/context.ts';
import { followLink, type Followed, type FollowWatch, type FoundLink } from '../application/follow.ts';
import { titleOf } from '../application/offered.ts';
import { posterOf, qrOf, type PosterFormat } from '../application/posters.ts';
import { CAMPAIGNS, READERS, type Frame } from './frame.ts';

const texts = defineTexts({
  de: {
    over: 'Dieser Link gilt nicht mehr',
    overBody: (title: string) => `Er gehörte zur Aktion „${title}“, und die ist vorbei. Was Sie suchen, gibt es meistens noch.`,
    early: 'Dieser Link gilt noch nicht',
    earlyBody: (title: string) => `Er gehört zur Aktion „${title}“, die noch vorbereitet wird. Was Sie suchen, gibt es vielleicht schon.`,
    gone: 'Das gibt es hier nicht mehr',
    goneBody: (title: string) => `Der Link gehört zur Aktion „${title}“. Wohin er führte, gibt es nicht mehr. Suchen Sie auf der Startseite.`,
    until: (day: string) => `Der Link galt bis zum ${day}.`,
    onward: 'Weiter zu dem, worum es ging',
    start: 'Zur Startseite',
    help: 'Hilfe bekommen Sie auch am Telefon: 115.',
  },
  en: {
    over: 'This link is no longer valid',
    overBody: (title: string) => `It belonged to the campaign “${title}”, which is over. What you are looking for is mostly still there.`,
    early: 'This link is not valid yet',
    earlyBody: (title: string) => `It belongs to the campaign “${title}”, which is being prepared. What you are looking for may be there already.`,
    gone: 'This is no longer here',
    goneBody: (title: string) => `The link belongs to the campaign “${title}”. What it led to is no longer there. Search on the start page.`,
    until: (day: string) => `The link was valid until ${day}.`,
    onward: 'On to what it was about',
    start: 'To the start page',
    help: 'You also get help by phone: 115.',
  },
  leicht: {
    over: 'Dieser Link geht nicht mehr',
    overBody: (title: string) => `Der Link gehört zu: ${title}. Das ist vorbei. Sie können trotzdem weiter suchen.`,
    early: 'Dieser Link geht noch nicht',
    earlyBody: (title: string) => `Der Link gehört zu: ${title}. Das fängt später an.`,
    gone: 'Das gibt es nicht mehr',
    goneBody: (title: string) => `Der Link gehört zu: ${title}. Die Seite ist weg. Suchen Sie auf der Start-Seite.`,
    until: (day: string) => `Der Link war gut bis zum ${day}.`,
    onward: 'Hier geht es weiter',
    start: 'Zur Startseite',
    help: 'Sie können auch anrufen. Die Nummer ist 115.',
  },
});

const FILES: Readonly<Record<string, PosterFormat>> = { 'plakat.pdf': 'poster', 'handzettel.pdf': 'handbill' };
const NAMES: Readonly<Record<PosterFormat, string>> = { poster: 'plakat', handbill: 'handzettel' };

/** Short links for everybody, and what is printed of them for the press office. */
export function followRoutes(ctx: OutreachContext, frame: Frame, watch: FollowWatch): AnyRoute[] {
  const files = `${CAMPAIGNS}/:id/links/:code`;
  return [
    getPage('/k/:code', 'public', async (visit) => follow(ctx, frame, watch, visit)),
    getPage(`${files}/qr.svg`, READERS, async ({ params }) => {
      const made = await qrOf(ctx, params['code']!, qrFile);
      const file = { kind: 'file', mediaType: 'image/svg+xml', fileName: `kurzlink-${params['code']!}.svg`, inline: true } as const;
      return made.ok ? { ...file, bytes: new TextEncoder().encode(made.value) } : problemPage(made.problem);
    }),
    ...Object.entries(FILES).map(([name, format]) =>
      getPage(`${files}/${name}`, READERS, async ({ params, query }): Promise<Answer> => {
        const lang = langIn(query) ?? 'de';
        const made = await posterOf(ctx, params['code']!, { format, lang }, qrFile);
        if (!made.ok) return problemPage(made.problem);
        return { kind: 'file', bytes: made.value, mediaType: 'application/pdf', fileName: `${NAMES[format]}-${params['code']!}-${lang}.pdf`, inline: true };
      }),
    ),
  ];
}

/** The language that an address names, as those on posters do. */
const langIn = (query: URLSearchParams): Lang | undefined => LANGS.find((one) => one === query.get('lang'));

async function follow(ctx: OutreachContext, frame: Frame, watch: FollowWatch, visit: Visit): Promise<Answer> {
  const followed = await followLink(ctx, watch, visit.params['code']!, { reader: visit.reader, ahead: visit.ahead === true });
  if (followed.kind === 'onward') {
    const lang = langIn(visit.query);
    return leadOn(lang === undefined ? followed.to : inLanguage(followed.to, lang));
  }
  if (followed.kind === 'unknown')
    return problemPage({
      kind: 'not-found',
      detail: 'Diesen Kurzlink gibt es nicht. Prüfen Sie, ob Sie ihn ganz abgeschrieben haben, oder suchen Sie auf der Startseite.',
    });
  return answerHtml(endPage(frame(visit), followed), followed.kind === 'early' ? 404 : 410);
}

function endPage(view: PageView, { kind, found: { link, campaign }, to }: Extract<Followed, { readonly found: FoundLink }>): Html {
  const { lang } = view;
  const t = texts(lang);
  const body = { over: t.overBody, early: t.earlyBody, gone: t.goneBody }[kind](titleOf(campaign, lang));
  const until = kind === 'over' && link.endsOn !== undefined ? html`<p class="kern-body">${t.until(formatDate(lang, link.endsOn))}</p>` : '';
  const onward = to === undefined ? undefined : linkButton({ label: t.onward, href: to });
  const ways = buttonRow(onward, linkButton({ label: t.start, href: '/', kind: 'secondary' }));
  const main = html`${pageTitle(t[kind])}${alert('info', t[kind], html`<p class="kern-body">${body}</p>${until}`)}${ways}<p class="kern-body">${t.help}</p>`;
  return page(view, { title: t[kind], main });
}
