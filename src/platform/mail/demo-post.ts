import { sql } from 'kysely';
import { z } from 'zod';
import { ok } from '../../kernel/result.ts';
import { CITY_ZONE } from '../../kernel/time.ts';
import type { Database } from '../database/port.ts';
import type { RenderPage } from '../http/refusals.ts';
import { apiRoute, getPage, html, type AnyRoute } from '../http/route.ts';
import { html as markup, htmlLang, LANGS, type Html, type Lang } from '../ui/html.ts';

interface DemoMail {
  readonly id: string;
  readonly sent_at: Temporal.Instant;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly lang: Lang;
}

/** `/demo/post`: what a demo city would have mailed. These routes exist in a demo only. */
export function demoPostRoutes(database: Database, renderPage: RenderPage): readonly AnyRoute[] {
  return [
    getPage('/demo/post', 'public', async (visit) => {
      const mails = await readMails(database, visit.query.get('an') ?? undefined);
      return html(renderPage(visit, { title: 'Post der Demo', body: list(mails) }));
    }),
    apiRoute({
      method: 'get',
      path: '/api/demo/post',
      access: 'public',
      tag: 'Demo',
      summary: 'Mails, die diese Demo verschickt hätte, neueste zuerst.',
      query: z.object({ an: z.string().optional().describe('Nur an diese Adresse.') }),
      output: z.array(z.object({ id: z.string(), sentAt: z.string(), to: z.string(), lang: z.enum(LANGS), subject: z.string(), text: z.string() })),
      async handle({ queryInput }) {
        const mails = await readMails(database, queryInput.an);
        return ok(
          mails.map(({ id, sent_at, recipient, lang, subject, body }) => ({ id, sentAt: sent_at.toString(), to: recipient, lang, subject, text: body })),
        );
      },
    }),
  ];
}

async function readMails(database: Database, to: string | undefined): Promise<readonly DemoMail[]> {
  const found = await sql<DemoMail>`select id, sent_at, recipient, subject, body, lang from platform.demo_mail
    where ${to ?? null}::text is null or recipient = ${to ?? null} order by sent_at desc, id desc limit 50`.execute(database.read);
  return found.rows;
}

function list(mails: readonly DemoMail[]): Html {
  return markup`
    <p>Das ist eine Demo. Hier verlässt keine Mail das Haus. Stattdessen sehen Sie, was die Stadt verschickt hätte.</p>
    ${mails.length === 0 ? markup`<p>Noch keine Post.</p>` : mails.map(article)}`;
}

function article(mail: DemoMail): Html {
  const at = mail.sent_at.toZonedDateTimeISO(CITY_ZONE);
  return markup`<article class="kern-card" lang="${htmlLang(mail.lang)}">
    <div class="kern-card__container">
      <header class="kern-card__header"><h2 class="kern-title">${mail.subject}</h2></header>
      <section class="kern-card__body">
        <p lang="de">An <strong>${mail.recipient}</strong>, <time datetime="${mail.sent_at.toString()}">${at.toLocaleString('de-DE', { dateStyle: 'medium', timeStyle: 'short' })} Uhr</time></p>
        ${mail.body.split(/\n{2,}/).map((paragraph) => markup`<p class="k-typed">${linked(paragraph)}</p>`)}
      </section>
    </div>
  </article>`;
}

/** Addresses in the text become links, as mail programs show them. */
function linked(text: string): Html[] {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) => (index % 2 === 1 ? markup`<a href="${part}">${part}</a>` : markup`${part}`));
}
