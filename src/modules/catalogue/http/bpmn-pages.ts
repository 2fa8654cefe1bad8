import { getPage, html as answerHtml, problemPage, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { drawingFor } from '../application/bpmn-drawing.ts';
import { processModel } from '../application/bpmn-model.ts';
import { bpmnXml } from '../application/bpmn-xml.ts';
import type { ServiceDesk } from '../application/service-desk.ts';
import type { ServicePackage } from '../domain/package.ts';
import { processPicture, stepList } from './bpmn-picture.ts';
import { bpmnTexts } from './bpmn-texts.ts';

const NOT_FOUND = { kind: 'not-found' as const, detail: 'Diese Leistung gibt es nicht. Suchen Sie auf der Startseite nach ihr.' };

/** The process of each service: as a page for people, as BPMN 2.0 for programs. Both public. */
export function bpmnPages({ desk }: { readonly desk: Pick<ServiceDesk, 'current'> }, frame: (visit: Visit) => PageView): AnyRoute[] {
  const find = (visit: Visit): ServicePackage | undefined => desk.current(visit.params['key'] ?? '');
  return [
    getPage('/leistungen/:key/prozess', 'public', async (visit) => {
      const pkg = find(visit);
      return pkg === undefined ? problemPage(NOT_FOUND) : answerHtml(processPage(frame(visit), pkg));
    }),
    getPage('/leistungen/:key/prozess.bpmn', 'public', async (visit) => {
      const pkg = find(visit);
      if (pkg === undefined) return problemPage(NOT_FOUND);
      const bytes = Buffer.from(await bpmnXml(processModel(pkg)));
      return { kind: 'file', bytes, mediaType: 'application/xml', fileName: `${pkg.key}.bpmn` };
    }),
  ];
}

function processPage(view: PageView, pkg: ServicePackage): Html {
  const { lang } = view;
  const t = bpmnTexts(lang);
  const drawing = drawingFor(pkg);
  const main = html`${pageTitle(t.title, { preline: pkg.name[lang], lead: t.lead })}
${processPicture(drawing, { done: [] }, lang)}
${buttonRow(linkButton({ label: t.download, href: `/leistungen/${pkg.key}/prozess.bpmn`, kind: 'secondary' }), linkButton({ label: t.back, href: `/leistungen/${pkg.key}`, kind: 'secondary' }))}
${section(t.allSteps, stepList(drawing, lang))}`;
  return page(view, { title: `${t.title}: ${pkg.name[lang]}`, main, wide: true });
}
