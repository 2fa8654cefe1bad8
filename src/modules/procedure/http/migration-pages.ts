import { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok } from '../../../kernel/result.ts';
import { formatGermanDate } from '../../../kernel/time.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  apiRoute,
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type Answer,
  type AnyRoute,
  type Visit,
} from '../../../platform/http/route.ts';
import { alert, emptyState } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { confirmField } from '../../../platform/ui/form-choices.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { hiddenField, textArea } from '../../../platform/ui/form.ts';
import { defineTexts, html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ProcedureContext } from '../application/context.ts';
import { migrateCases, previewMigration, type AffectedCase, type MigrationPreview, type OldVersion } from '../application/migrate-cases.ts';
import type { Frame } from './officer-view.ts';

const texts = defineTexts({
  de: {
    title: (service: string) => `Fassungen: ${service}`,
    lead: (version: string) => `In Kraft ist Fassung ${version}. Laufende Vorgänge behalten die Fassung, mit der sie begonnen haben, bis Sie sie umstellen.`,
    none: 'Alle offenen Vorgänge laufen auf der Fassung in Kraft.',
    old: (version: string, cases: number) => `Fassung ${version}: ${cases} offene Vorgänge`,
    safe: 'Diese Änderung schadet laufenden Vorgängen nicht.',
    unsafe: 'Diese Änderung kann laufenden Vorgängen schaden.',
    changes: 'Was sich ändert',
    affected: 'Für wen sich etwas ändert',
    nobody: 'Für keinen Vorgang ändern sich Pflichtangaben oder Fristen.',
    fileNumber: 'Aktenzeichen',
    missing: 'Fehlt dann',
    due: 'Frist',
    reason: 'Grund der Umstellung',
    reasonHint: 'Er steht in jeder Akte.',
    confirm: 'Ich habe die Vorschau gelesen und stelle trotzdem um.',
    migrate: (cases: number) => `${cases} Vorgänge umstellen`,
    done: (changed: string, skipped: string) =>
      `${changed} Vorgänge sind umgestellt, ${skipped} nicht: über sie ist schon entschieden, oder jemand war schneller.`,
  },
  en: {
    title: (service: string) => `Versions: ${service}`,
    lead: (version: string) => `Version ${version} is in force. Running cases keep the version they began with until you change them over.`,
    none: 'All open cases run on the version in force.',
    old: (version: string, cases: number) => `Version ${version}: ${cases} open cases`,
    safe: 'This change does not harm running cases.',
    unsafe: 'This change can harm running cases.',
    changes: 'What changes',
    affected: 'For whom something changes',
    nobody: 'For no case do required entries or deadlines change.',
    fileNumber: 'File number',
    missing: 'Missing then',
    due: 'Deadline',
    reason: 'Reason for the change',
    reasonHint: 'It stands in every file.',
    confirm: 'I have read the preview and change over nevertheless.',
    migrate: (cases: number) => `Change ${cases} cases over`,
    done: (changed: string, skipped: string) => `${changed} cases are changed over, ${skipped} are not: they are decided already, or somebody was faster.`,
  },
  leicht: {
    title: (service: string) => `Fassungen: ${service}`,
    lead: (version: string) => `Jetzt gilt Fassung ${version}. Alte Vorgänge behalten ihre Regeln. Sie können sie umstellen.`,
    none: 'Alle Vorgänge haben die neuen Regeln.',
    old: (version: string, cases: number) => `Fassung ${version}: ${cases} Vorgänge`,
    safe: 'Die Änderung schadet niemandem.',
    unsafe: 'Vorsicht: Die Änderung kann schaden.',
    changes: 'Das ändert sich',
    affected: 'Für diese Menschen ändert sich etwas',
    nobody: 'Für niemanden ändert sich etwas.',
    fileNumber: 'Nummer',
    missing: 'Das fehlt dann',
    due: 'Frist',
    reason: 'Warum stellen Sie um?',
    reasonHint: 'Der Grund steht in der Akte.',
    confirm: 'Ich habe alles gelesen. Ich stelle um.',
    migrate: (cases: number) => `${cases} Vorgänge umstellen`,
    done: (changed: string, skipped: string) => `${changed} Vorgänge sind umgestellt. ${skipped} nicht.`,
  },
});

const ADMINISTRATION = ['administration'] as const;
type Staff = Extract<Actor, { kind: 'staff' }>;

/** A new version of a package and the cases on older ones: preview for administration and Revision, change by administration. */
export function migrationPages(ctx: ProcedureContext, frame: Frame): AnyRoute[] {
  return [
    getPage('/verwaltung/leistungen/:key', ['administration', 'revision'], async (visit) => show(ctx, frame, visit)),
    postPage('/verwaltung/leistungen/:key/umstellen', ADMINISTRATION, async (visit) => {
      const service = visit.params['key'] ?? '';
      const { fields } = visit;
      const input = { service, from: fields.get('from') ?? '', reason: fields.get('reason') ?? '', confirmed: fields.get('confirmed') === 'ja' };
      const done = await migrateCases(ctx, visit.actor as Staff, input);
      if (!done.ok) return show(ctx, frame, visit, { problem: done.problem, ...input });
      return redirect(`/verwaltung/leistungen/${encodeURIComponent(service)}?umgestellt=${done.value.changed}&nicht=${done.value.skipped}`);
    }),
    ...migrationApi(ctx),
  ];
}

function migrationApi(ctx: ProcedureContext): AnyRoute[] {
  const common = { path: '/api/services/:key/migration', tag: 'Verwaltung', params: z.object({ key: z.string().max(100) }) } as const;
  const affected = z.object({
    id: z.string(),
    fileNumber: z.string(),
    authority: z.string(),
    missing: z.array(z.string()),
    dueBefore: z.string().nullable(),
    dueAfter: z.string().nullable(),
  });
  const change = z.object({ area: z.string(), kind: z.string(), what: z.string(), unsafe: z.string().nullable() });
  const old = z.object({
    hash: z.string(),
    version: z.string(),
    cases: z.number().int(),
    safe: z.boolean(),
    changes: z.array(change),
    affected: z.array(affected),
  });
  return [
    apiRoute({
      ...common,
      method: 'get',
      access: ['administration', 'revision'],
      summary: 'Vorschau: welche offenen Vorgänge auf älteren Fassungen laufen und was sich für wen ändert',
      output: z.object({ service: z.string(), version: z.string(), old: z.array(old) }),
      handle: async ({ params }) => {
        const preview = await previewMigration(ctx, params.key);
        return preview.ok ? ok(presentPreview(preview.value)) : preview;
      },
    }),
    apiRoute({
      ...common,
      method: 'post',
      access: ADMINISTRATION,
      summary: 'Stellt die offenen Vorgänge einer älteren Fassung auf die Fassung in Kraft um',
      body: z.object({ from: z.string().max(64), reason: z.string().max(2000), confirmed: z.boolean().default(false) }),
      output: z.object({ changed: z.number().int(), skipped: z.number().int() }),
      handle: async ({ actor, params, body }) => migrateCases(ctx, actor as Staff, { service: params.key, ...body }),
    }),
  ];
}

const presentPreview = ({ old, ...about }: MigrationPreview) => ({
  ...about,
  old: old.map(({ diff, affected, ...one }) => ({
    ...one,
    safe: diff.safe,
    changes: diff.changes.map(({ area, kind, what, unsafe }) => ({ area, kind, what, unsafe: unsafe ?? null })),
    affected: affected.map(({ missing, dueBefore, dueAfter, ...rest }) => ({
      ...rest,
      missing: [...missing],
      dueBefore: dueBefore ?? null,
      dueAfter: dueAfter ?? null,
    })),
  })),
});

interface Typed {
  readonly problem: Problem;
  readonly from: string;
  readonly reason: string;
}

async function show(ctx: ProcedureContext, frame: Frame, visit: Visit, typed?: Typed): Promise<Answer> {
  const key = visit.params['key'] ?? '';
  const preview = await previewMigration(ctx, key);
  if (!preview.ok) return problemPage(preview.problem);
  const view = frame(visit);
  const { lang } = view;
  const t = texts(lang);
  const title = t.title(ctx.desk.current(key)!.name[lang]);
  const changed = visit.query.get('umgestellt');
  const main = html`${errorSummary(typed?.problem.fields ?? [], lang, typed !== undefined && typed.problem.fields === undefined ? typed.problem.detail : undefined)}
${pageTitle(title, { lead: t.lead(preview.value.version) })}
${changed === null ? '' : alert('success', t.done(String(Number(changed)), String(Number(visit.query.get('nicht') ?? 0))), undefined, { live: true })}
${preview.value.old.length === 0 ? emptyState({ title: t.none }) : preview.value.old.map((old) => oldVersion(view, key, old, typed?.from === old.hash ? typed : undefined))}`;
  return answerHtml(page(view, { title, main, wide: true, hasErrors: typed !== undefined }), typed === undefined ? 200 : problemStatus(typed.problem));
}

function oldVersion({ lang, actor }: PageView, key: string, old: OldVersion, typed: Typed | undefined): Html {
  const t = texts(lang);
  const may = actor.kind === 'staff' && actor.roles.includes('administration');
  const day = (text: string | undefined): string => (text === undefined ? '–' : formatGermanDate(Temporal.PlainDate.from(text)));
  const affected = dataTable<AffectedCase>(
    [
      { label: t.fileNumber, rowHeader: true, cell: (one) => one.fileNumber },
      { label: t.missing, cell: (one) => one.missing.join(' ') || '–' },
      { label: t.due, cell: (one) => (one.dueBefore === one.dueAfter ? day(one.dueBefore) : `${day(one.dueBefore)} → ${day(one.dueAfter)}`) },
    ],
    old.affected,
    { caption: t.affected, lang, dense: true, empty: t.nobody },
  );
  const change = html`<ul class="kern-list" lang="de">${old.diff.changes.map(({ area, what, unsafe }) => html`<li>${area}: ${what}${unsafe === undefined ? '' : html` <strong>${unsafe}</strong>`}</li>`)}</ul>`;
  const migrate = form(
    { action: `/verwaltung/leistungen/${encodeURIComponent(key)}/umstellen` },
    html`${hiddenField('from', old.hash)}${textArea({ name: 'reason', label: t.reason, hint: t.reasonHint, lang, rows: 2, value: typed?.reason ?? '', ...errorOf(typed?.problem.fields ?? [], 'reason') })}
${old.diff.safe ? '' : confirmField({ name: 'confirmed', lang, label: t.confirm, checked: false })}${buttonRow(button({ label: t.migrate(old.cases), kind: old.diff.safe ? 'primary' : 'danger' }))}`,
  );
  return section(
    t.old(old.version, old.cases),
    html`${alert(old.diff.safe ? 'success' : 'warning', old.diff.safe ? t.safe : t.unsafe)}<h3 class="kern-heading-small">${t.changes}</h3>${change}${affected}${may ? migrate : ''}`,
  );
}
