import type { Kit, PictureItem } from './kept.ts';
import type { Entry } from './queue.ts';

export const DATABASE = 'kontor-lage';
/** Says, without opening anything, that something is kept here. */
export const KEPT_FLAG = 'kontor-lage';

const request = <T>(asked: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    asked.addEventListener('success', () => resolve(asked.result));
    asked.addEventListener('error', () => reject(asked.error ?? new Error('IndexedDB')));
  });

const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('IndexedDB')));
  });

/** What this device keeps: the Lage, its picture, and what was entered. */
export class OfflineDatabase {
  readonly #db: IDBDatabase;
  private constructor(db: IDBDatabase) {
    this.#db = db;
  }

  static async open(): Promise<OfflineDatabase> {
    const asked = indexedDB.open(DATABASE, 1);
    asked.addEventListener('upgradeneeded', () => {
      asked.result.createObjectStore('kit');
      asked.result.createObjectStore('objects', { keyPath: 'id' });
      asked.result.createObjectStore('queue', { keyPath: 'id' });
    });
    const db = await request(asked);
    // another page wants to delete it
    db.addEventListener('versionchange', () => db.close());
    return new OfflineDatabase(db);
  }

  async kit(): Promise<Kit | undefined> {
    return (await request(this.#db.transaction('kit').objectStore('kit').get('kit'))) as Kit | undefined;
  }

  async keepKit(kit: Kit): Promise<void> {
    localStorage.setItem(KEPT_FLAG, '1');
    const write = this.#db.transaction('kit', 'readwrite');
    write.objectStore('kit').put(kit, 'kit');
    await finished(write);
  }

  async objects(): Promise<PictureItem[]> {
    return (await request(this.#db.transaction('objects').objectStore('objects').getAll())) as PictureItem[];
  }

  /** Changes and the place they lead to, in one step: a cut in between leaves the older place. */
  async keepPicture(kit: Kit, { objects, gone }: { readonly objects: readonly PictureItem[]; readonly gone: readonly string[] }): Promise<void> {
    const write = this.#db.transaction(['kit', 'objects'], 'readwrite');
    const store = write.objectStore('objects');
    for (const object of objects) {
      if (object.ended) store.delete(object.id);
      else store.put(object);
    }
    for (const id of gone) store.delete(id);
    write.objectStore('kit').put(kit, 'kit');
    await finished(write);
  }

  async forgetPicture(): Promise<void> {
    const write = this.#db.transaction(['kit', 'objects'], 'readwrite');
    write.objectStore('objects').clear();
    write.objectStore('kit').clear();
    await finished(write);
  }

  async queue(): Promise<Entry[]> {
    return ((await request(this.#db.transaction('queue').objectStore('queue').getAll())) as Entry[]).toSorted((a, b) => a.place - b.place);
  }

  async keepEntry(entry: Entry): Promise<void> {
    localStorage.setItem(KEPT_FLAG, '1');
    const write = this.#db.transaction('queue', 'readwrite', { durability: 'strict' });
    write.objectStore('queue').put(entry);
    await finished(write);
  }

  async dropEntry(id: string): Promise<void> {
    const write = this.#db.transaction('queue', 'readwrite', { durability: 'strict' });
    write.objectStore('queue').delete(id);
    await finished(write);
  }

  close(): void {
    this.#db.close();
  }
}
