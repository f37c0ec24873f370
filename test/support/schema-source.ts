import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SchemaSource } from '../../src/policy/rule';

const folder = join(__dirname, '..', '..', 'imports', 'schemas');

/** The schemas that the project ships. */
export const schemaSource: SchemaSource = {
  load: (file) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined),
};
