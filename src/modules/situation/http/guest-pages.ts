import { getPage, html as answerHtml, postPage, problemPage, redirect, type AnyRoute } from '../../../platform/http/route.ts';
import { SESSION_COOKIE } from '../../../platform/http/session-cookie.ts';
import { button, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import type { SituationContext } from '../application/context.ts';
import { openGuestLink } from '../application/members.ts';
import type { CityFrame } from './frame.ts';
import { lageTexts } from './texts.ts';

/** The link of a guest. It asks before it lets in, so that a mail program that looks at links signs nobody in. */
export function guestPages(ctx: SituationContext, frame: CityFrame): AnyRoute[] {
  return [
    getPage('/lagen-gast/:token', 'public', async (visit) => {
      const link = await openGuestLink(ctx, visit.params['token']!);
      if (!link.ok) return problemPage({ kind: 'not-found', detail: link.problem.detail });
      const view = frame(visit);
      const t = lageTexts(view.lang);
      const { title, name, until } = link.value;
      const body = html`<p class="kern-body">${t.guestUntil(formatInstant(view.lang, until))}</p>${form({ action: visit.url }, buttonRow(button({ label: t.enter })))}`;
      return answerHtml(page(view, { title: t.guestTitle, main: html`${pageTitle(t.guestTitle, { lead: t.guestText(title, name) })}${body}` }));
    }),
    postPage(
      '/lagen-gast/:token',
      'public',
      async (visit) => {
        const link = await openGuestLink(ctx, visit.params['token']!);
        if (!link.ok) return problemPage({ kind: 'not-found', detail: link.problem.detail });
        const { session, maxAgeSeconds, key } = link.value;
        return redirect(`/lagen/${key}`, [{ name: SESSION_COOKIE, value: session, maxAgeSeconds }]);
      },
      { limit: 'sign-in' },
    ),
  ];
}
