import { engines, temporaryDatabase } from './temporary-database.ts';

// Makes the snapshot and the template once, before test files ask for them side by side.
for (const engine of engines) await (await temporaryDatabase(engine)).database.close();
