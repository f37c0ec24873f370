import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../src/policy';
import { rulesPage } from './page';

writeFileSync(join(__dirname, '..', '..', 'docs', 'rules.md'), rulesPage(rules));
