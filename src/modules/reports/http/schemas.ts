import { z } from 'zod';
import type { Member, ReportedEvent } from '../domain/event.ts';
import { CATEGORIES, CREDIBILITIES, ORIGINS, RELIABILITIES, STATES } from '../../../kernel/report.ts';
import type { ShownContradiction } from '../application/read-reports.ts';
import type { KeptLink } from '../application/read-reports.ts';
import type { Assessment } from '../application/read-reports.ts';

export const TAG = 'Meldungen';
export const byKey = z.object({ key: z.string().max(60) });
export const byId = byKey.extend({ id: z.uuid() });

export const reliability = z.enum(RELIABILITIES).describe('Zuverlässigkeit der Quelle, A bis F.');
export const credibility = z.literal(CREDIBILITIES).describe('Glaubwürdigkeit des Inhalts, 1 bis 6; 1 nur mit unabhängigen Quellen.');
export const category = z.enum(CATEGORIES);
export const reason = z.string().max(2000).describe('Warum; steht im Verlauf.');
export const place = z.object({
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-85).max(85),
  uncertaintyMetres: z.number().min(0).max(100_000).optional().describe('Eine Standardabweichung.'),
});

export const eventView = z.object({
  id: z.string(),
  number: z.number().describe('So nennt der Stab das Ereignis.'),
  category,
  state: z.enum(STATES),
  reliability,
  credibility,
  sources: z.number().describe('Unabhängige Quellen.'),
  reports: z.number(),
  collapsed: z.number().describe('Weitere Meldungen von Absendern, die in kurzer Zeit sehr viele schickten: nur gezählt.'),
  unchecked: z.boolean().describe('Nur aus der Öffentlichkeit und noch von niemandem angesehen: sehen nur S2 und Leitung.'),
  contradicted: z.boolean(),
  eventAt: z.string(),
  receivedAt: z.string(),
});

export const presentEvent = ({
  id,
  number,
  category: kind,
  state,
  reliability: source,
  credibility: content,
  ...event
}: ReportedEvent): z.output<typeof eventView> => ({
  id,
  number,
  category: kind,
  state,
  reliability: source,
  credibility: content,
  sources: event.sources,
  reports: event.members,
  collapsed: event.collapsed,
  unchecked: event.hidden,
  contradicted: event.contradicted,
  eventAt: event.eventAt.toString(),
  receivedAt: event.receivedAt.toString(),
});

export const reportView = z.object({
  id: z.string(),
  eventId: z.string(),
  origin: z.enum(ORIGINS),
  sourceName: z.string(),
  organisation: z.string().nullable(),
  sourceRef: z.string().nullable(),
  originRef: z.string().nullable(),
  text: z.string(),
  category,
  place: place.nullable(),
  eventAt: z.string(),
  receivedAt: z.string(),
  reliability,
  credibility,
  state: z.enum(STATES),
  pictures: z.number(),
  collapsed: z.number(),
});

export const presentReport = (one: Member): z.output<typeof reportView> => ({
  id: one.id,
  eventId: one.eventId,
  origin: one.origin,
  sourceName: one.sourceName,
  organisation: one.organisation,
  sourceRef: one.sourceRef,
  originRef: one.originRef,
  text: one.text,
  category: one.category,
  place: one.lon === null || one.lat === null ? null : { lon: one.lon, lat: one.lat, uncertaintyMetres: one.uncertaintyMetres ?? undefined },
  eventAt: one.eventAt.toString(),
  receivedAt: one.receivedAt.toString(),
  reliability: one.reliability,
  credibility: one.credibility,
  state: one.state,
  pictures: one.pictures.length,
  collapsed: one.collapsed,
});

export const linkView = z.object({
  id: z.string(),
  kind: z.enum(['join', 'merge', 'split', 'undo', 'proposal']),
  reports: z.array(z.string()),
  from: z.string().nullable(),
  to: z.string(),
  reason: z.string(),
  score: z.number().nullable(),
  parts: z.record(z.string(), z.number()).nullable().describe('Was dafür (über 0) und dagegen (unter 0) spricht, als Logarithmus der Chancen.'),
  by: z.string().nullable().describe('Wer es war; null: eine Regel.'),
  words: z.string(),
  undone: z.boolean(),
  at: z.string(),
});

export const presentLink = (link: KeptLink): z.output<typeof linkView> => ({
  id: link.id,
  kind: link.kind,
  reports: [...link.moved],
  from: link.fromEvent,
  to: link.toEvent,
  reason: link.reason,
  score: link.score,
  parts: link.parts === null ? null : { ...link.parts },
  by: link.memberName,
  words: link.words,
  undone: link.undone,
  at: link.at.toString(),
});

export const contradictionView = z.object({
  id: z.string(),
  topic: z.string(),
  a: z.object({ report: z.string(), event: z.string(), says: z.string(), text: z.string(), source: z.string() }),
  b: z.object({ report: z.string(), event: z.string(), says: z.string(), text: z.string(), source: z.string() }),
  foundAt: z.string(),
  holds: z.string().nullable(),
  reason: z.string().nullable(),
  resolvedAt: z.string().nullable(),
  resolvedBy: z.string().nullable(),
});

export const presentContradiction = (one: ShownContradiction): z.output<typeof contradictionView> => ({
  id: one.id,
  topic: one.topic,
  a: { report: one.reportA, event: one.eventA, says: one.saysA, text: one.textA, source: one.sourceA },
  b: { report: one.reportB, event: one.eventB, says: one.saysB, text: one.textB, source: one.sourceB },
  foundAt: one.foundAt.toString(),
  holds: one.holds,
  reason: one.reason,
  resolvedAt: one.resolvedAt?.toString() ?? null,
  resolvedBy: one.resolvedName,
});

export const assessmentView = z.object({
  reportId: z.string(),
  action: z.string(),
  reliability,
  credibility,
  reason: z.string(),
  by: z.string(),
  at: z.string(),
});

export const presentAssessment = (one: Assessment): z.output<typeof assessmentView> => ({
  reportId: one.reportId,
  action: one.action,
  reliability: one.reliability,
  credibility: one.credibility,
  reason: one.reason,
  by: one.memberName,
  at: one.at.toString(),
});
