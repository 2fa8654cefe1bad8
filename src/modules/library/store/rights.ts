import { sql, type RawBuilder } from 'kysely';
import type { Reader } from '../domain/collection.ts';

/** Whether the reader may see collection `c`: stands in every query that reads. */
export const readable = ({ staffId, authorities }: Reader): RawBuilder<boolean> => sql<boolean>`(c.owner_id = ${staffId} or c.readers = 'staff'
  or (c.readers = 'authority' and c.authority = any(${[...authorities]}::text[]))
  or exists (select from library.member m where m.collection_id = c.id and m.staff_id = ${staffId}))`;

/** Whether the reader may add documents to collection `c` and remove them. */
export const editable = ({ staffId }: Reader): RawBuilder<boolean> => sql<boolean>`(c.owner_id = ${staffId}
  or exists (select from library.member m where m.collection_id = c.id and m.staff_id = ${staffId} and m.role = 'editor'))`;
