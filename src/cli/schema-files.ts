import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SchemaSource } from '../policy';

/** The schemas that lie in a folder, `imports/schemas` of the project; each is read when it is asked for. */
export function schemaFiles(folder: string): SchemaSource {
  return {
    load: (file) => {
      try {
        return readFileSync(join(folder, file), 'utf8');
      } catch {
        return undefined; // a kind that nobody has a schema of
      }
    },
  };
}
