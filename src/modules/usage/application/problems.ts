import type { Problem } from '../../../kernel/problem.ts';

export const notFoundService: Problem = {
  kind: 'not-found',
  detail: 'Diese Leistung gibt es nicht. Öffnen Sie /transparenz und wählen Sie eine aus der Liste.',
};
