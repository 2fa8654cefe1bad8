import { z } from 'zod';
import { ok, refuse } from './kernel/result.ts';
import type { ServicePackage } from './modules/catalogue/public.ts';
import type { Database } from './platform/database/port.ts';
import { apiRoute, getPage, html as answerHtml, postPage, problemPage, redirect, type AnyRoute, type Cookie, type Visit } from './platform/http/route.ts';
import { localPath } from './platform/http/local-path.ts';
import { LANG_COOKIE } from './platform/http/visit.ts';
import type { DeadLetter, JobRunner } from './platform/jobs/runner.ts';
import { journalState } from './platform/journal/journal-check.ts';
import { verifyJournal } from './platform/journal/journal.ts';
import { alert } from './platform/ui/alert.ts';
import { dataTable } from './platform/ui/components.ts';
import { buttonForm, buttonRow, linkButton } from './platform/ui/form-frame.ts';
import { formatInstant } from './platform/ui/formats.ts';
import { defineTexts, html, type Html } from './platform/ui/html.ts';
import { page, pageTitle } from './platform/ui/page.ts';
import { section } from './platform/ui/parts.ts';
import { readViewSettings, SETTINGS_PATH, THEME_COOKIE, type PageView } from './platform/ui/view.ts';

/** Pages that belong to the city as a whole and to no module. */
export interface CityPagesOptions {
  readonly frame: (visit: Visit) => PageView;
  readonly jobs: JobRunner;
  readonly database: Database;
  /** Services in force. */
  readonly services: () => readonly Pick<ServicePackage, 'key' | 'name' | 'version'>[];
}

const YEAR_SECONDS = 365 * 24 * 3600;

export function cityPages(options: CityPagesOptions): AnyRoute[] {
  return [settingsRoute(), ...statementPages(options.frame), ...administrationRoutes(options)];
}

/** Language and colours of the pages; kept in cookies that hold nothing else. */
function settingsRoute(): AnyRoute {
  return postPage(SETTINGS_PATH, 'public', async ({ fields }) => {
    const { lang, theme, back } = readViewSettings(fields);
    const cookies: Cookie[] = [
      ...(lang === undefined ? [] : [{ name: LANG_COOKIE, value: lang, maxAgeSeconds: YEAR_SECONDS }]),
      ...(theme === undefined ? [] : [{ name: THEME_COOKIE, value: theme, maxAgeSeconds: YEAR_SECONDS }]),
    ];
    return redirect(localPath(back), cookies);
  });
}

const statements = defineTexts({
  de: {
    accessibility: 'Barrierefreiheit',
    accessibilityBody:
      'Diese Seiten sollen alle benutzen können: mit Tastatur, mit Vorlese-Programm, auf kleinen Bildschirmen, ohne JavaScript und in Leichter Sprache. Der Maßstab sind WCAG 2.2 AA und die BITV. Eine Prüfung durch eine unabhängige Stelle gibt es noch nicht. Klappt etwas nicht, rufen Sie 115 an.',
    privacy: 'Datenschutz',
    privacyBody:
      'Wir speichern, was Sie in Anträgen angeben, und nur so lange, wie das Gesetz es verlangt. Jeder Blick in Ihre Akte wird festgehalten. Wir setzen nur Cookies, die für die Anmeldung, die Sprache und die Ansicht nötig sind. In «Meine Anträge» und im Konto laden Sie alles herunter, was wir über Sie gespeichert haben.',
    imprint: 'Impressum',
    imprintBody: 'Dies ist eine Demo-Stadt. Wer Kontor betreibt, setzt hier seine Angaben nach § 5 DDG ein.',
  },
  en: {
    accessibility: 'Accessibility',
    accessibilityBody:
      'Everybody should be able to use these pages: by keyboard, with a screen reader, on small screens, without JavaScript and in easy language. The measure is WCAG 2.2 AA and the BITV. No independent body has checked them yet. If something does not work, call 115.',
    privacy: 'Privacy',
    privacyBody:
      'We store what you state in applications, and only as long as the law demands. Every look into your file is recorded. We set only the cookies needed for signing in, language and view. In “My applications” and in your account you can download everything we hold about you.',
    imprint: 'Imprint',
    imprintBody: 'This is a demo city. Whoever runs Kontor puts their statement here (§ 5 DDG).',
  },
  leicht: {
    accessibility: 'Für alle Menschen',
    accessibilityBody: 'Alle Menschen sollen diese Seite benutzen können. Klappt etwas nicht? Rufen Sie an: 115.',
    privacy: 'Ihre Daten',
    privacyBody: 'Wir speichern nur, was wir brauchen. Wir schreiben auf, wer Ihre Daten ansieht. Sie können alles herunter laden.',
    imprint: 'Wer ist verantwortlich?',
    imprintBody: 'Das ist nur ein Beispiel.',
  },
});

function statementPages(frame: CityPagesOptions['frame']): AnyRoute[] {
  const statement = (path: string, title: 'accessibility' | 'privacy' | 'imprint', body: 'accessibilityBody' | 'privacyBody' | 'imprintBody') =>
    getPage(path, 'public', async (visit) => {
      const t = statements(visit.lang);
      return answerHtml(page(frame(visit), { title: t[title], main: html`${pageTitle(t[title])}<p class="kern-body">${t[body]}</p>` }));
    });
  return [
    statement('/barrierefreiheit', 'accessibility', 'accessibilityBody'),
    statement('/datenschutz', 'privacy', 'privacyBody'),
    statement('/impressum', 'imprint', 'imprintBody'),
  ];
}

const NO_LETTER = { kind: 'not-found' as const, detail: 'Diesen gescheiterten Auftrag gibt es nicht mehr. Laden Sie die Seite neu.' };

const letter = z.object({ id: z.string(), name: z.string(), failedAt: z.string(), tries: z.number(), error: z.string() });

/** What the city's own IT watches: work that failed for good, and whether the journal is whole. */
function administrationRoutes({ frame, jobs, database, services }: CityPagesOptions): AnyRoute[] {
  const tag = 'Verwaltung';
  const present = ({ id, name, failedAt, tries, error }: DeadLetter) => ({ id, name, failedAt: failedAt.toString(), tries, error });
  return [
    getPage('/verwaltung', ['administration', 'revision'], async (visit) => answerHtml(await administrationPage(frame(visit), jobs, database, services))),
    postPage('/verwaltung/auftraege/:name/:id', ['administration'], async ({ params }) => {
      return (await jobs.retry(params['name']!, params['id']!)) ? redirect('/verwaltung') : problemPage(NO_LETTER);
    }),
    apiRoute({
      method: 'get',
      path: '/api/dead-letters',
      access: ['administration'],
      tag,
      summary: 'Aufträge, die endgültig gescheitert sind',
      output: z.object({ items: z.array(letter), next: z.null() }),
      handle: async () => ok({ items: (await jobs.deadLetters()).map(present), next: null }),
    }),
    apiRoute({
      method: 'post',
      path: '/api/dead-letters/:name/:id/retry',
      access: ['administration'],
      tag,
      summary: 'Versucht einen gescheiterten Auftrag noch einmal',
      params: z.object({ name: z.string(), id: z.uuid() }),
      output: z.object({ retried: z.boolean() }),
      handle: async ({ params }) => {
        return (await jobs.retry(params.name, params.id)) ? ok({ retried: true }) : refuse(NO_LETTER);
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/journal/verification',
      access: ['administration', 'revision'],
      tag,
      summary: 'Prüft die ganze Kette des Journals',
      output: z.object({ entries: z.number(), headHash: z.string(), whole: z.boolean(), broken: z.string().nullable() }),
      handle: async () => {
        const { entries, headHash, broken } = await verifyJournal(database.read);
        return ok({ entries, headHash, whole: broken === undefined, broken: broken?.detail ?? null });
      },
    }),
  ];
}

async function administrationPage(view: PageView, jobs: JobRunner, database: Database, services: CityPagesOptions['services']): Promise<Html> {
  const failed = await jobs.deadLetters();
  const { entries, provedWhole, broken } = await journalState(database.read);
  const since =
    provedWhole === undefined
      ? 'Jetzt ganz geprüft.'
      : `Zuletzt ganz geprüft: ${formatInstant('de', provedWhole.at)}, bis Eintrag ${provedWhole.seq}; was danach kam, jetzt.`;
  const journal =
    broken === undefined
      ? alert('success', `Das Journal ist lückenlos: ${entries} Einträge.`, since)
      : alert('danger', 'Das Journal ist beschädigt.', `${broken} Sichern Sie die Datenbank und prüfen Sie mit ./kontor journal verify.`);
  const administers = view.actor.kind === 'staff' && view.actor.roles.includes('administration');
  const retry = (one: DeadLetter): Html | string =>
    administers
      ? buttonForm(`/verwaltung/auftraege/${encodeURIComponent(one.name)}/${one.id}`, {
          label: 'Noch einmal versuchen',
          kind: 'secondary',
          small: true,
          context: one.id,
        })
      : '';
  const main = html`${pageTitle('Verwaltung')}${journal}
${dataTable(
  [
    { label: 'Auftrag', cell: (one: DeadLetter) => one.name, rowHeader: true },
    { label: 'Gescheitert', cell: (one) => formatInstant('de', one.failedAt) },
    { label: 'Versuche', cell: (one) => one.tries, numeric: true },
    { label: 'Fehler', cell: (one) => one.error },
    { label: 'Was tun', cell: retry },
  ],
  failed,
  { caption: 'Gescheiterte Aufträge', lang: 'de', empty: 'Kein Auftrag ist gescheitert.' },
)}
${section('Datenaustausch', html`<ul class="kern-list"><li><a class="kern-link" href="/verwaltung/datenaustausch">FIT-Connect: empfangen und gesendet</a></li></ul>`)}
${section('Einstellungen', html`<ul class="kern-list"><li><a class="kern-link" href="/verwaltung/parameter">Parameter: Gebühren, Fristen der Stadt, Aufbewahrung, Regeln der Zählung</a></li></ul>`)}
${section('KI', html`<ul class="kern-list"><li><a class="kern-link" href="/verwaltung/assistent">Sprachmodelle: Register, Grenzen, Nutzung</a></li></ul>`)}
${section('Kennzahlen', html`<ul class="kern-list"><li><a class="kern-link" href="/verwaltung/kennzahlen">Definitionen, Quellen und Stand der Rechnung</a></li></ul>`)}
${section('Geodaten', html`<ul class="kern-list"><li><a class="kern-link" href="/verwaltung/daten">Sammlungen, Importe und ihre Güte</a></li></ul>`)}
${section('Messwerte', html`<ul class="kern-list"><li><a class="kern-link" href="/verwaltung/messregeln">Regeln auf Messwerte und ihre Hinweise</a></li><li><a class="kern-link" href="/verwaltung/anschluesse">Anschlüsse, die Messwerte holen</a></li><li><a class="kern-link" href="/verwaltung/geraete">Geräte und Programme, die schreiben dürfen</a></li><li><a class="kern-link" href="/verwaltung/mqtt">MQTT: was kommt und was abgewiesen wird</a></li></ul>`)}
${section('Fassungen der Leistungen', html`<ul class="kern-list">${services().map((one) => html`<li><a class="kern-link" href="/verwaltung/leistungen/${one.key}">${one.name.de}, Fassung ${one.version}</a></li>`)}</ul>${administers ? buttonRow(linkButton({ label: 'Neue Fassung veröffentlichen', href: '/verwaltung/fassungen/neu', kind: 'secondary' })) : ''}`)}`;
  return page(view, { title: 'Verwaltung', main, wide: true });
}
