import { Refused } from '../../src/flux/finding';
import { TOOLS_IN_WORDS, tools } from './tools';

/** Fetches the real kubectl and helm into `.cache/tools/`; does nothing where they are there: node --import tsx scripts/tools/main.ts */
function main(): number {
  try {
    tools((line) => console.error(line));
    for (const line of TOOLS_IN_WORDS) console.log(line);
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.error(error.message);
    return 1;
  }
}

process.exitCode = main();
