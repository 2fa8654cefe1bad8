/** What a Lage has at hand to act with, in words that are kept. */
export const RECORD_KINDS = ['unit', 'task', 'request', 'shelter', 'material'] as const;
export const ORGANISATIONS = ['feuerwehr', 'thw', 'polizei', 'drk', 'dlrg', 'bundeswehr', 'hafen', 'rettungsdienst', 'bezirk', 'andere'] as const;
export const UNIT_STATUS = ['bereit', 'anfahrt', 'einsatz', 'ruhe', 'nicht-bereit', 'entlassen'] as const;
export const TASK_PRIORITIES = ['normal', 'dringend', 'sofort'] as const;
