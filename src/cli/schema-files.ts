import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SchemaSource } from '../policy';

/**
 * The schemas that lie in a folder, `imports/schemas` of the project or a copy of it; each is read when it is asked for.
 *
 * @throws Error where there is no such folder: without it nothing would be held against a schema, and nobody would know
 */
export function schemaFiles(folder: string): SchemaSource {
  if (!existsSync(folder)) throw new Error(`there is no folder of schemas, ${folder}: build the program again`);
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
