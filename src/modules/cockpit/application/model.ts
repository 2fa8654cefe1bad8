import { downstreamOf, needsOf } from '../domain/chain.ts';
import { isItemKind } from '../domain/check-item.ts';
import { HIDING_REASONS, LONGEST, OFFERED } from '../domain/comment.ts';
import { delayRange, LEAST_MILESTONES } from '../domain/forecast.ts';
import { belonging, fieldsInOrder, ITEM_KINDS, LIGHTS, measuresOfField, milestonesOf } from '../domain/items.ts';
import { noItem, noReport } from '../domain/problems.ts';
import { countLights } from '../domain/status.ts';
import { eventKindsOf, measuresOfEvent, measuresOfService, traceOf } from '../domain/trace.ts';

/** What pages and API may ask of a strategy that they were given; they change it through use cases alone. */
export const model = {
  downstreamOf,
  needsOf,
  isItemKind,
  HIDING_REASONS,
  LONGEST,
  OFFERED,
  delayRange,
  LEAST_MILESTONES,
  belonging,
  fieldsInOrder,
  ITEM_KINDS,
  LIGHTS,
  measuresOfField,
  milestonesOf,
  noItem,
  noReport,
  countLights,
  eventKindsOf,
  measuresOfEvent,
  measuresOfService,
  traceOf,
} as const;
