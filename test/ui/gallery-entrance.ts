import { loadServices, type ServicePackage } from '../../src/modules/catalogue/public.ts';
import { find } from '../../src/modules/entrance/application/find.ts';
import { loadSituations } from '../../src/modules/entrance/application/load-situations.ts';
import { CITY_PAGES } from '../../src/modules/entrance/domain/city-pages.ts';
import { frontDoorPage, type FrontDoor } from '../../src/modules/entrance/http/front-door.ts';
import { situationPage } from '../../src/modules/entrance/http/situation-page.ts';
import { statusPage } from '../../src/modules/entrance/http/status-pages.ts';
import { waitingPage } from '../../src/modules/entrance/http/waiting-page.ts';
import type { OpenStep } from '../../src/modules/entrance/application/situations.ts';
import type { PageView } from '../../src/platform/ui/view.ts';
import type { GalleryPage } from './gallery-pages.ts';

const LONG = 'Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung';
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

const { packages } = await loadServices('services', day('2026-11-24'));
const services: readonly ServicePackage[] = [...packages.values()];
const { situations, elsewhere } = loadSituations('services', new Set(packages.keys()));

/** The front door and its pages, with much on them. */
export function entrancePages(view: PageView): readonly GalleryPage[] {
  const { now } = view;
  const door: FrontDoor = {
    query: '',
    findings: [],
    situations,
    used: services.slice(0, 3),
    happening: [{ title: `Bebauungsplan Altona 42: ${LONG}`, href: '/beteiligung/1', until: day('2026-12-24') }],
    warnings: [{ title: 'Sturmflut: Meiden Sie das Hafengebiet', href: '/lage/warnung/1' }],
    places: [
      { name: 'Einkaufszentrum Hamburger Straße', href: '/hilfe-vor-ort/1', open: true, waiting: 3, minutes: 12, asOf: now },
      { name: `Bücherhalle ${LONG}`, open: true, asOf: now },
      { name: 'Bus in Wilhelmsburg', open: false, asOf: now },
    ],
    helper: true,
    help: true,
    origin: undefined,
  };
  const asked = (query: string): FrontDoor => ({ ...door, query, findings: find({ services, situations, elsewhere, pages: CITY_PAGES }, query, view.lang) });
  return [
    { name: 'entrance', html: frontDoorPage({ ...view, url: '/' }, door) },
    { name: 'entrance-found', html: frontDoorPage(view, { ...asked(`baum fälen ${LONG}`), meant: 'Baum fällen' }) },
    { name: 'entrance-elsewhere', html: frontDoorPage(view, asked('Laterne kaputt')) },
    {
      name: 'situation',
      html: situationPage(view, { situation: situations[0]!, steps: situations[0]!.steps.flatMap(opened), next: services.slice(0, 2) }, undefined),
    },
    {
      name: 'status',
      html: statusPage(view, { fileNumber: '', code: 'x', missing: [{ field: 'fileNumber', message: 'Geben Sie das Aktenzeichen ein.' }] }),
    },
    {
      name: 'waiting',
      html: waitingPage(view, {
        rows: services.map(({ key, name }, index) => ({
          ...{ service: key, name: name[view.lang] },
          ...(index % 3 !== 0 && { medianDays: index, p80Days: index * 9 }),
          ...(index % 2 === 0 && { promisedWeeks: 8 }),
        })),
        measuredAt: now,
        places: door.places,
      }),
    },
  ];
}

function opened(step: (typeof situations)[number]['steps'][number], index: number): OpenStep[] {
  if ('elsewhere' in step) return [{ kind: 'elsewhere', ...step }];
  if ('page' in step) return [];
  const pkg = packages.get(step.service)!;
  return [{ kind: 'service', why: step.why, pkg, fees: pkg.fees, ...(index > 0 && { time: { service: pkg.key, cases: 20, medianDays: 12, p80Days: 31.5 } }) }];
}
