import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import type { Pdf, SealCheck } from '../../../platform/documents/port.ts';
import { apiRoute, getPage, html as answerHtml, postPage, type AnyRoute } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { summaryList } from '../../../platform/ui/components.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { defineTexts, html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Frame } from './citizen-draft.ts';

const texts = defineTexts({
  de: {
    title: 'Bescheid prüfen',
    lead: 'Ist dieser Bescheid echt und unverändert? Laden Sie das PDF hoch. Wir speichern es nicht.',
    file: 'Bescheid als PDF',
    check: 'Prüfen',
    genuine: 'Echt und unverändert',
    demo: 'Gesiegelt von einer Demo-Behörde: ohne rechtliche Wirkung.',
    not: 'Nicht bestätigt',
    sealedBy: 'Gesiegelt von',
    sealedAt: 'Gesiegelt am',
    timestamp: 'Zeitstempel',
    withTimestamp: 'von einem Zeitstempeldienst bestätigt',
    ownTime: 'Angabe der Behörde',
    fileNumber: 'Aktenzeichen im Bescheid',
    missing: 'Wählen Sie eine PDF-Datei aus.',
    tooLarge: 'Die Datei ist zu groß. Ein Bescheid ist kleiner als 25 MB.',
  },
  en: {
    title: 'Check a decision',
    lead: 'Is this decision genuine and unchanged? Upload the PDF. We do not store it.',
    file: 'Decision as PDF',
    check: 'Check',
    genuine: 'Genuine and unchanged',
    demo: 'Sealed by a demo authority: without legal effect.',
    not: 'Not confirmed',
    sealedBy: 'Sealed by',
    sealedAt: 'Sealed on',
    timestamp: 'Timestamp',
    withTimestamp: 'confirmed by a timestamp authority',
    ownTime: "the authority's own statement",
    fileNumber: 'File number in the decision',
    missing: 'Choose a PDF file.',
    tooLarge: 'The file is too large. A decision is smaller than 25 MB.',
  },
  leicht: {
    title: 'Ist der Bescheid echt?',
    lead: 'Laden Sie den Bescheid hoch. Wir sagen Ihnen: Er ist echt. Oder nicht.',
    file: 'Bescheid als PDF',
    check: 'Prüfen',
    genuine: 'Der Bescheid ist echt',
    demo: 'Das ist nur ein Beispiel.',
    not: 'Wir sind nicht sicher',
    sealedBy: 'Von wem',
    sealedAt: 'Wann',
    timestamp: 'Zeit',
    withTimestamp: 'geprüft',
    ownTime: 'sagt das Amt',
    fileNumber: 'Nummer',
    missing: 'Wählen Sie eine Datei.',
    tooLarge: 'Die Datei ist zu groß.',
  },
});

/** Checks a sealed PDF; made in `app.ts` from the certificates this city trusts. */
export type CheckPdf = (pdf: Pdf) => Promise<SealCheck>;

/** Anyone may ask whether a Bescheid is genuine and unchanged. */
export function pruefenPages(check: CheckPdf, frame: Frame): AnyRoute[] {
  return [
    getPage('/pruefen', 'public', async (visit) => answerHtml(pruefenPage(frame(visit)))),
    postPage('/pruefen', 'public', async (visit) => {
      const t = texts(visit.lang);
      const file = visit.files[0];
      if (file === undefined || file.bytes.byteLength === 0) return answerHtml(pruefenPage(frame(visit), { error: t.missing }), 422);
      if (file.tooLarge) return answerHtml(pruefenPage(frame(visit), { error: t.tooLarge }), 422);
      return answerHtml(pruefenPage(frame(visit), { verdict: await check(file.bytes) }));
    }),
    apiRoute({
      method: 'post',
      path: '/api/seal-check',
      access: 'public',
      tag: 'Bescheid',
      summary: 'Prüft, ob ein Bescheid echt und unverändert ist',
      upload: true,
      output: z.object({
        verdict: z.enum(['genuine', 'changed', 'unknown-sealer', 'unsealed', 'not-a-pdf']),
        reason: z.string().nullable(),
        subject: z.string().nullable(),
        sealedAt: z.string().nullable(),
        demo: z.boolean().nullable(),
      }),
      handle: async ({ files }) => {
        const file = files[0];
        if (file === undefined || file.tooLarge) return refuse(invalidField('file', texts('de').missing));
        const found = await check(file.bytes);
        if (found.verdict !== 'genuine') return ok({ verdict: found.verdict, reason: found.reason, subject: null, sealedAt: null, demo: null });
        return ok({ verdict: found.verdict, reason: null, subject: found.subject, sealedAt: found.sealedAt.toString(), demo: found.demo });
      },
    }),
  ];
}

function pruefenPage(view: PageView, shown: { readonly verdict?: SealCheck; readonly error?: string } = {}): Html {
  const { lang } = view;
  const t = texts(lang);
  const main = html`${pageTitle(t.title, { lead: t.lead })}
${shown.verdict === undefined ? '' : verdictPart(shown.verdict, view)}
${form({ action: '/pruefen', multipart: true }, html`${fileField({ name: 'file', label: t.file, lang, accept: ['application/pdf'], maxMegabytes: 25, ...(shown.error !== undefined && { error: shown.error }) })}${buttonRow(button({ label: t.check }))}`)}`;
  return page(view, { title: t.title, main, hasErrors: shown.error !== undefined });
}

function verdictPart(verdict: SealCheck, { lang }: PageView): Html {
  const t = texts(lang);
  if (verdict.verdict !== 'genuine') return alert('danger', t.not, verdict.reason, { live: true });
  const data = verdict.attachments.find((one) => one.name === 'bescheid.json');
  const rows = [
    { label: t.sealedBy, value: verdict.subject },
    { label: t.sealedAt, value: formatInstant(lang, verdict.sealedAt) },
    { label: t.timestamp, value: verdict.timestamped ? t.withTimestamp : t.ownTime },
    ...(data === undefined ? [] : [{ label: t.fileNumber, value: fileNumberIn(data.bytes) }]),
  ];
  return html`${alert('success', t.genuine, verdict.demo ? t.demo : undefined, { live: true })}${summaryList(rows, lang)}`;
}

function fileNumberIn(bytes: Uint8Array): string {
  const parsed = JSON.parse(Buffer.from(bytes).toString('utf8')) as { fileNumber?: unknown };
  return typeof parsed.fileNumber === 'string' ? parsed.fileNumber : '';
}
